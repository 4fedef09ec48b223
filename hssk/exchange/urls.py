"""Addresses of the exchange room. They name files and rows by number, never a person."""

from django.urls import path

from hssk.access.views.senders import token
from hssk.exchange.views import (
    batches,
    deliveries,
    gateway,
    handed,
    layouts,
    postings,
    review,
    software,
    taking_in,
    undoing,
)

app_name = "exchange"
urlpatterns = [
    path("import/", taking_in.take_in, name="import"),
    path("units/", taking_in.units, name="units"),
    path("batches/", batches.batch_list, name="batches"),
    path("batches/<int:batch>/", batches.batch_page, name="batch"),
    path("batches/<int:batch>/progress/", batches.batch_progress, name="batch-progress"),
    path("batches/<int:batch>/rows/", batches.batch_rows, name="batch-rows"),
    path("batches/<int:batch>/errors.xlsx", batches.errors_file, name="batch-errors-file"),
    path("batches/<int:batch>/insist/", batches.insist, name="batch-insist"),
    path("batches/<int:batch>/again/", batches.again, name="batch-again"),
    path("batches/<int:batch>/layout/", layouts.layout_page, name="layout"),
    path("batches/<int:batch>/undo/", undoing.undo_page, name="undo"),
    path("batches/<int:batch>/undo/progress/", undoing.foresee_progress, name="undo-progress"),
    path("posts/", postings.files_page, name="postings"),
    path("posts/blank.xlsx", postings.blank, name="postings-blank"),
    path("posts/<int:postings>/", postings.file_page, name="posting"),
    path("posts/<int:postings>/do/", postings.carry_out, name="posting-do"),
    path("posts/<int:postings>/undo/", postings.take_back, name="posting-undo"),
    path("handed/", handed.inbox, name="handed"),
    path("handed/<int:batch>/<int:unit>/", handed.rows, name="handed-rows"),
    path("handed/<int:batch>/<int:unit>/take/", handed.take_over, name="handed-take"),
    path("handed/<int:batch>/<int:unit>/refuse/", handed.refuse, name="handed-refuse"),
    path("deliveries/", deliveries.deliveries_page, name="deliveries"),
    path("deliveries/<int:delivery>/", deliveries.delivery_page, name="delivery"),
    path("deliveries/<int:delivery>/file.xlsx", deliveries.delivery_file, name="delivery-file"),
    path("deliveries/<int:delivery>/receipt.pdf", deliveries.receipt, name="delivery-receipt"),
    path("deliveries/<int:delivery>/again/", deliveries.again, name="delivery-again"),
    path("software/new/", software.new_software, name="software-new"),
    path("software/<int:outgoing>/", software.software_page, name="software"),
    path("software/<int:outgoing>/deliver/", deliveries.make, name="deliver"),
    path("review/", review.queue, name="review"),
    path("review/<int:row>/", review.queue, name="review-case"),
    path("review/<int:row>/verdict/", review.verdict, name="verdict"),
    path("review/back/<int:verdict>/", review.back, name="verdict-back"),
]

# by the names that software for other hubs asks for: domain.md §2.5
gateway_patterns = (
    [
        path("auth/token/take", token, name="token"),
        path("token", token, name="token_form"),
        *(path(f"kcb/xml/qd{edition}/guiHoSoXml", gateway.send, name=f"send_{edition}")
          for edition in gateway.EDITIONS),
        path("kcb/tra-cuu-trang-thai", gateway.status, name="status"),
    ],
    "gateway",
)  # fmt: skip
