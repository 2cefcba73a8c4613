# SPDX-License-Identifier: MPL-2.0
"""Which fields of eForms we read, and where each stands.

Source: Publications Office of the European Union, eForms SDK 1.15, `fields/fields.json`
(https://github.com/OP-TED/eForms-SDK, CC BY 4.0). docs/reference/notices.md is made from this table.
"""

from lxml.etree import _Element as Element

from indgang.core.notices.notice import (
    Contract,
    Lot,
    LotResult,
    Notice,
    Organisation,
    Place,
    Received,
    Tender,
    TenderingParty,
)
from indgang.core.notices.paths import EXTENSION, Field, Part, compiled, qualified
from indgang.core.notices.values import (
    clock,
    closing,
    code,
    day,
    line,
    midnight,
    money,
    period,
    prose,
    whole,
    yes,
)

_PROJECT = "cac:ProcurementProject/"
_TERMS = "cac:TenderingTerms/"
_PROCESS = "cac:TenderingProcess/"
_ADDITIONAL = _PROJECT + "cac:ProcurementAdditionalType/"
_RESULT = EXTENSION + "efac:NoticeResult/"
_COMPANY = "efac:Company/"

PLACE = (
    Field("BT-5071", "nuts", "cbc:CountrySubentityCode", code),
    Field("BT-5131", "town", "cbc:CityName", line),
    Field("BT-5121", "postal_code", "cbc:PostalZone", code),
    Field("BT-727", "region", "cbc:Region", code, codelist="other-place-service"),
)

PROJECT: tuple[Field | Part, ...] = (
    Field("BT-21", "title", _PROJECT + "cbc:Name", line),
    Field("BT-24", "text", _PROJECT + "cbc:Description", prose),
    Field(
        "BT-23",
        "nature",
        _PROJECT + "cbc:ProcurementTypeCode[@listName='contract-nature']",
        code,
        codelist="contract-nature",
    ),
    Field(
        "BT-262", "cpv_main", _PROJECT + "cac:MainCommodityClassification/cbc:ItemClassificationCode", code
    ),
    Field(
        "BT-263",
        "cpv_additional",
        _PROJECT + "cac:AdditionalCommodityClassification/cbc:ItemClassificationCode",
        code,
        many=True,
    ),
    Field("BT-27", "value", _PROJECT + "cac:RequestedTenderTotal/cbc:EstimatedOverallContractAmount", money),
    Field(
        "BT-271",
        "framework_maximum",
        _PROJECT + "cac:RequestedTenderTotal/" + EXTENSION + "efbc:FrameworkMaximumAmount",
        money,
    ),
    Part("places", _PROJECT + "cac:RealizedLocation/cac:Address", Place, PLACE),
)

LOT: tuple[Field | Part, ...] = (
    Field("BT-137", "reference", "cbc:ID", code),
    Field("BT-137 (scheme)", "scheme", "cbc:ID/@schemeName", code),
    *PROJECT,
    Field("BT-36, BT-536, BT-537", "period", _PROJECT + "cac:PlannedPeriod", period),
    Field("BT-726", "suits_small", _PROJECT + "cbc:SMESuitableIndicator", yes),
    Field(
        "BT-06",
        "strategic",
        _ADDITIONAL + "cbc:ProcurementTypeCode[@listName='strategic-procurement']",
        code,
        many=True,
        codelist="strategic-procurement",
    ),
    Field("BT-777", "strategic_text", _ADDITIONAL + "cbc:ProcurementType{strategic-procurement}", prose),
    Field(
        "BT-775",
        "social_objectives",
        _ADDITIONAL + "cbc:ProcurementTypeCode[@listName='social-objective']",
        code,
        many=True,
        codelist="social-objective",
    ),
    Field(
        "BT-71",
        "reserved_participation",
        _TERMS + "cac:TendererQualificationRequest/cac:SpecificTendererRequirement/"
        "cbc:TendererRequirementTypeCode[@listName='reserved-procurement']",
        code,
        many=True,
        codelist="reserved-procurement",
    ),
    Field(
        "BT-736",
        "reserved_execution",
        _TERMS
        + "cac:ContractExecutionRequirement/cbc:ExecutionRequirementCode[@listName='reserved-execution']",
        code,
        codelist="reserved-execution",
    ),
    Field(
        "BT-70",
        "performance_terms",
        _TERMS + "cac:ContractExecutionRequirement/cbc:Description{conditions}",
        prose,
    ),
    Field(
        "BT-15, BT-615",
        "documents_url",
        _TERMS + "cac:CallForTendersDocumentReference/cac:Attachment/cac:ExternalReference/cbc:URI",
        line,
    ),
    Field("BT-18", "submission_url", _TERMS + "cac:TenderRecipientParty/cbc:EndpointID", line),
    Field("BT-97", "languages", _TERMS + "cac:Language/cbc:ID", code, many=True, codelist="language"),
    Field("BT-131(d), BT-131(t)", "tenders_until", _PROCESS + "cac:TenderSubmissionDeadlinePeriod", closing),
    Field(
        "BT-1311(d), BT-1311(t)",
        "requests_until",
        _PROCESS + "cac:ParticipationRequestReceptionPeriod",
        closing,
    ),
    Field(
        "BT-630(d), BT-630(t)",
        "interest_until",
        _PROCESS + EXTENSION + "efac:InterestExpressionReceptionPeriod",
        closing,
    ),
    Field(
        "BT-13(d), BT-13(t)", "questions_until", _PROCESS + "cac:AdditionalInformationRequestPeriod", closing
    ),
    Field(
        "BT-765",
        "framework",
        _PROCESS + "cac:ContractingSystem/cbc:ContractingSystemTypeCode[@listName='framework-agreement']",
        code,
        codelist="framework-agreement",
    ),
    Field(
        "BT-766",
        "dynamic_system",
        _PROCESS + "cac:ContractingSystem/cbc:ContractingSystemTypeCode[@listName='dps-usage']",
        code,
        codelist="dps-usage",
    ),
)

ORGANISATION = (
    Field("OPT-200", "reference", _COMPANY + "cac:PartyIdentification/cbc:ID", code),
    Field("BT-500", "name", _COMPANY + "cac:PartyName/cbc:Name", line),
    Field("BT-501", "number", _COMPANY + "cac:PartyLegalEntity/cbc:CompanyID", code),
    Field("BT-513", "town", _COMPANY + "cac:PostalAddress/cbc:CityName", line),
    Field("BT-514", "country", _COMPANY + "cac:PostalAddress/cac:Country/cbc:IdentificationCode", code),
    Field("BT-633", "is_person", "efbc:NaturalPersonIndicator", yes),
)

RECEIVED = (
    Field("BT-760", "kind", "efbc:StatisticsCode", code, codelist="received-submission-type"),
    Field("BT-759", "count", "efbc:StatisticsNumeric", whole),
)

LOT_RESULT: tuple[Field | Part, ...] = (
    Field("OPT-322", "reference", "cbc:ID", code),
    Field("BT-13713", "lot", "efac:TenderLot/cbc:ID", code),
    Field("BT-142", "status", "cbc:TenderResultCode", code, codelist="winner-selection-status"),
    Field(
        "BT-144",
        "not_awarded_reason",
        "efac:DecisionReason/efbc:DecisionReasonCode",
        code,
        codelist="non-award-justification",
    ),
    Field("OPT-320", "tenders", "efac:LotTender/cbc:ID", code, many=True),
    Field("OPT-315", "contracts", "efac:SettledContract/cbc:ID", code, many=True),
    Part("received", "efac:ReceivedSubmissionsStatistics", Received, RECEIVED),
)

TENDER = (
    Field("OPT-321", "reference", "cbc:ID", code),
    Field("BT-13714", "lot", "efac:TenderLot/cbc:ID", code),
    Field("OPT-310", "party", "efac:TenderingParty/cbc:ID", code),
    Field("BT-720", "value", "cac:LegalMonetaryTotal/cbc:PayableAmount", money),
    Field("BT-171", "rank", "cbc:RankCode", whole),
)

PARTY = (
    Field("OPT-210", "reference", "cbc:ID", code),
    Field("OPT-300", "tenderers", "efac:Tenderer/cbc:ID", code, many=True),
    Field("OPT-301", "subcontractors", "efac:SubContractor/cbc:ID", code, many=True),
)

CONTRACT = (
    Field("OPT-316", "reference", "cbc:ID", code),
    Field("BT-3202", "tenders", "efac:LotTender/cbc:ID", code, many=True),
    Field("BT-145", "signed_date", "cbc:IssueDate", day),
)

_ID = qualified("cbc:ID")


def _is_referred_to(element: Element, notice: Notice) -> bool:
    """Buyers, tenderers and subcontractors. Review bodies, senders of notices and the like are not kept."""
    for identifier in element.iter(_ID):  # the first one is the organisation's own
        reference = identifier.text
        return reference in notice.buyer_references or any(
            reference in party.tenderers or reference in party.subcontractors for party in notice.parties
        )
    return False


NOTICE: tuple[Field | Part, ...] = (
    Field("BT-701", "notice_id", "cbc:ID", code),
    Field("BT-757", "version", "cbc:VersionID", whole),
    Field("BT-04", "procedure_id", "cbc:ContractFolderID", code),
    Field("BT-05(a)", "dispatched_at", "cbc:IssueDate", midnight),
    Field("BT-05(b)", "dispatched_at", "cbc:IssueTime", clock, refines=True),
    Field("BT-01", "legal_basis", "cbc:RegulatoryDomain", code),
    Field("BT-02", "notice_type", "cbc:NoticeTypeCode", code, codelist="notice-type"),
    Field("BT-03", "form_type", "cbc:NoticeTypeCode/@listName", code, codelist="form-type"),
    Field("BT-702(a)", "language", "cbc:NoticeLanguageCode", code, codelist="language"),
    Field(
        "OPP-070",
        "subtype",
        EXTENSION + "efac:NoticeSubType/cbc:SubTypeCode",
        code,
        codelist="notice-subtype",
    ),
    Field("OPP-010", "publication_number", EXTENSION + "efac:Publication/efbc:NoticePublicationID", code),
    Field("OPP-012", "publication_date", EXTENSION + "efac:Publication/efbc:PublicationDate", day),
    Field("BT-758", "changes", EXTENSION + "efac:Changes/efbc:ChangedNoticeIdentifier", code, many=True),
    Field(
        "BT-140",
        "change_reason",
        EXTENSION + "efac:Changes/efac:ChangeReason/cbc:ReasonCode",
        code,
        codelist="change-corrig-justification",
    ),
    Field(
        "BT-762", "change_text", EXTENSION + "efac:Changes/efac:ChangeReason/efbc:ReasonDescription", prose
    ),
    Field(
        "OPT-300",
        "buyer_references",
        "cac:ContractingParty/cac:Party/cac:PartyIdentification/cbc:ID",
        code,
        many=True,
    ),
    Field(
        "BT-105",
        "procedure",
        _PROCESS + "cbc:ProcedureCode",
        code,
        codelist="procurement-procedure-type",
    ),
    *PROJECT,
    Part("lots", "cac:ProcurementProjectLot", Lot, LOT),
    Field("BT-161", "total_value", _RESULT + "cbc:TotalAmount", money),
    Part("results", _RESULT + "efac:LotResult", LotResult, LOT_RESULT),
    Part("tenders", _RESULT + "efac:LotTender", Tender, TENDER),
    Part("parties", _RESULT + "efac:TenderingParty", TenderingParty, PARTY),
    Part("contracts", _RESULT + "efac:SettledContract", Contract, CONTRACT),
    Part(
        "organisations",
        EXTENSION + "efac:Organizations/efac:Organization",
        Organisation,
        ORGANISATION,
        wanted=_is_referred_to,
    ),
)

STEPS = compiled(NOTICE)
ALL: tuple[tuple[str, type, tuple[Field | Part, ...]], ...] = (
    ("notice", Notice, NOTICE),
    ("lot", Lot, LOT),
    ("place", Place, PLACE),
    ("organisation", Organisation, ORGANISATION),
    ("result", LotResult, LOT_RESULT),
    ("received", Received, RECEIVED),
    ("tender", Tender, TENDER),
    ("party", TenderingParty, PARTY),
    ("contract", Contract, CONTRACT),
)
