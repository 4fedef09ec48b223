"""What is stored of access: who uses the installation, and what they ran."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Somebody who uses this installation. The local operator acts on the command line only."""

    LOCAL_OPERATOR = "local-operator"

    full_name = models.CharField(max_length=200, blank=True)

    @property
    def is_local_operator(self):
        return self.username == self.LOCAL_OPERATOR

    def __str__(self):
        return self.full_name or self.username


class CommandLog(models.Model):
    """One command run on this installation: who, what, when, how it ended. Appended only."""

    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    command = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    exit_code = models.SmallIntegerField(null=True)
