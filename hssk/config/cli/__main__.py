"""`python -m hssk.config.cli …` is `hssk …`, for processes that we start ourselves."""

from hssk.config.cli import main

raise SystemExit(main())
