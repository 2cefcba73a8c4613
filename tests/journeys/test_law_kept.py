# SPDX-License-Identifier: MPL-2.0
"""What is kept beside the guide, walked by people: a limit that stops, a category found as one types, hours by phone."""

from tests.journeys.conftest import NARROW, Site, Visitor


def test_karen_is_stopped_at_the_limit_and_soeren_writes_the_answer(
    visit: object, site: Site, size: dict[str, int]
) -> None:
    karen: Visitor = visit(size)  # type: ignore[operator]
    karen.log_in("karen@aabjerg.example").go("/jura/graenser/").press("Vinduespudsning").sees("kr. tilbage")
    karen.page.get_by_label("Hvad går den ud på?").fill("Alle skoler med")
    karen.page.get_by_label("Beløb uden moms").fill("480.000")
    karen.press("Skriv ind").sees("Her er grænsen").sees("Ændringen er ikke skrevet ind")
    karen.page.get_by_label("Få en juridisk vurdering").check(force=True)
    karen.page.get_by_label("Hvorfor?").fill("Skolerne har ikke vinduespudsning fra august")
    karen.press("Vælg").sees("En kollega skriver svaret ind")
    head: Visitor = visit(size)  # type: ignore[operator]
    head.log_in("soeren@aabjerg.example").go(karen.page.url).sees("Skriv svaret ind")


def test_a_category_is_found_as_one_types_and_without_javascript(visit: object, site: Site) -> None:
    anyone: Visitor = visit(NARROW)  # type: ignore[operator]
    anyone.go("/jura/kategori/").sees("Alle kategorier")
    anyone.page.get_by_label("Hvad skal I bruge?").press_sequentially("vinduespuds")
    anyone.sees("Rengøring og vinduer").press("Rengøring og vinduer").sees("Hvad loven giver lov til")
    plain: Visitor = visit(NARROW, javascript=False)  # type: ignore[operator]
    plain.go("/jura/kategori/")
    plain.page.get_by_label("Hvad skal I bruge?").fill("vinduespudsning")
    plain.press("Find").sees("Rengøring og vinduer")


def test_bo_reports_hours_on_his_phone(visit: object, site: Site) -> None:
    karen: Visitor = visit()  # type: ignore[operator]
    karen.log_in("karen@aabjerg.example").go("/jura/timer/").press("Grønne områder, delaftale 2")
    karen.press("Send linket nu").sees("Linket er sendt til bo@nordvang.example")
    bo: Visitor = visit(NARROW)  # type: ignore[operator]
    bo.go(site.link_to("bo@nordvang.example", "timer", number=2)).sees("I har lovet 2.400 timer")
    bo.page.get_by_label("Timer siden sidst").fill("420")
    bo.press("Meld timerne").sees("Tak. Timerne er talt med.").sees("570 af 2.400 timer")


def test_a_draft_from_before_the_thresholds_changed_is_amber_and_the_law_is_asked_again(
    visit: object,
) -> None:
    head: Visitor = visit(NARROW)  # type: ignore[operator]
    head.log_in("soeren@aabjerg.example").go("/indkoebskatalog/").sees("loven er ændret")
    head.press("Pasning af bede ved 11 skoler").sees("1.644.638 → 1.611.360 kr.").sees("Køb på markedsvilkår")
    head.page.get_by_text("Spørg loven igen").click()
    head.press("Spørg").sees("Loven er spurgt")
    head.page.wait_for_load_state()
    assert "Loven er ændret" not in head.page.locator("main").inner_text()


def test_karen_sees_what_is_left_under_the_ceiling_of_aid(visit: object) -> None:
    karen: Visitor = visit(NARROW)  # type: ignore[operator]
    karen.log_in("karen@aabjerg.example").go("/jura/").press("De minimis-støtte").sees("Plads i dag")
    karen.press("Rent Ord ApS").sees("euro tilbage den").sees("Loftet er ikke en hjemmel")
    karen.page.get_by_label("Støtte i kroner").fill("2.000.000")
    karen.page.get_by_label("Hjemmel").fill("Kommunalfuldmagten, øremærket")
    karen.press("Skriv ind").sees("går over loftet")


def test_soeren_sees_what_has_changed_since_a_record_was_signed(visit: object, site: Site) -> None:
    head: Visitor = visit()  # type: ignore[operator]
    head.log_in("soeren@aabjerg.example").go("/jura/aendringer/")
    head.sees("Pasning af grønne områder ved 11 skoler").sees("1.644.638 → 1.611.360 kr.").sees(
        "svaret bliver et andet"
    )
    head.press("Pasning af grønne områder ved 11 skoler").sees("Loven er ændret, og svaret bliver et andet")
