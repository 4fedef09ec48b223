"""Addresses of organisations and of the lists of their members, by numbers of ours."""

from django.urls import path

from hssk.outreach.views import member_files, organisations

app_name = "organisations"
urlpatterns = [
    path("", organisations.list_page, name="list"),
    path("new/", organisations.new_page, name="new"),
    path("blank.xlsx", member_files.blank, name="blank"),
    path("<int:organisation>/", organisations.organisation_page, name="one"),
    path("<int:organisation>/work/", organisations.work_page, name="work"),
    path("<int:organisation>/close/", organisations.close, name="close"),
    path("<int:organisation>/members/", member_files.members_page, name="members"),
    path("members/<int:members>/", member_files.file_page, name="file"),
    path("members/<int:members>/act/", member_files.act, name="act"),
]
