# SPDX-License-Identifier: MPL-2.0
"""Addresses of tasks, answers, bids and orders."""

from django.urls import path

from indgang.procurement.views import decide, enterprise, papers, tasks

urlpatterns = [
    path("opgaver/", tasks.tasks, name="tasks"),
    path("opgaver/ny/", tasks.new_task, name="new_task"),
    path("opgaver/for-virksomhed/", enterprise.company_need, name="company_need"),
    path("opgaver/ring/", decide.ring, name="phone_list"),
    path("opgaver/ring/<int:invitation_id>/", decide.not_reached, name="not_reached"),
    path("opgaver/<int:task_id>/", tasks.task, name="task"),
    path("opgaver/<int:task_id>/jura/", tasks.law, name="task_law"),
    path("opgaver/<int:task_id>/spoerg/", tasks.ask, name="ask_small"),
    path("opgaver/<int:task_id>/spor/", tasks.lane, name="lane"),
    path("opgaver/<int:task_id>/del/", tasks.split, name="split"),
    path("opgaver/<int:task_id>/vaelg/", tasks.pick, name="pick"),
    path("opgaver/<int:task_id>/tilfoej/", tasks.add, name="add_invitation"),
    path("opgaver/<int:task_id>/fjern/<int:invitation_id>/", tasks.take_off, name="take_off"),
    path("opgaver/<int:task_id>/send/", tasks.publish, name="publish"),
    path("opgaver/<int:task_id>/tilbage/", tasks.withdraw, name="withdraw"),
    path("opgaver/<int:task_id>/svar/<int:invitation_id>/", decide.phone_answer, name="phone_answer"),
    path("opgaver/<int:task_id>/spoergsmaal/", enterprise.question, name="question"),
    path("opgaver/<int:task_id>/spoergsmaal/<int:question_id>/", decide.reply, name="reply"),
    path("opgaver/<int:task_id>/mail/<int:mail_id>/", decide.mail_handled, name="mail_handled"),
    path("opgaver/<int:task_id>/aabn/", decide.turn_key, name="turn_key"),
    path("opgaver/<int:task_id>/tildel/", decide.choose, name="choose"),
    path("opgaver/<int:task_id>/koeb/<int:invitation_id>/", decide.buy, name="buy"),
    path("opgaver/<int:task_id>/forbind/<int:invitation_id>/", decide.introduce, name="introduce"),
    path("opgaver/<int:task_id>/bestil/", decide.order, name="order"),
    path("opgaver/<int:task_id>/leveret/", decide.delivered, name="delivered"),
    path("opgaver/<int:task_id>/betalt/", decide.paid, name="paid"),
    path("opgaver/<int:task_id>/aktindsigt/", enterprise.ask_access, name="ask_access"),
    path("opgaver/<int:task_id>/aktindsigt/<int:request_id>/", papers.decide_access, name="decide_access"),
    path("opgaver/<int:task_id>/hoering/<int:request_id>/", enterprise.hearing, name="hearing"),
    path("opgaver/<int:task_id>/fil/<int:file_id>/", papers.download, name="task_file"),
    path("opgaver/<int:task_id>/byd/", enterprise.bid, name="bid"),
    path("opgaver/<int:task_id>/byd/tilbage/", enterprise.withdraw_bid, name="withdraw_bid"),
    path("opgaver/<int:task_id>/kvittering/<int:bid_id>/", enterprise.bid_receipt, name="bid_receipt"),
    path("opgaver/<int:task_id>/med/", enterprise.join, name="join"),
    path("l/svar/<str:token>/", enterprise.answer_by_link, name="answer_by_link"),
    path("l/svar/<str:token>/spoergsmaal/", enterprise.question_by_link, name="question_by_link"),
    path("l/svar/<str:token>/log-ind/", enterprise.log_in_to_bid, name="log_in_to_bid"),
    path("l/svar/<str:token>/ordre/", enterprise.order_by_link, name="order_by_link"),
    path("l/svar/<str:token>/fortryd/", enterprise.regret_never, name="regret_never"),
]
