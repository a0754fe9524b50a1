# perfeval: make demo, make test, make check. On Windows the same by: python tools/tasks.py demo
PYTHON ?= python3
.PHONY: demo test check docs bench wheel-check clean
demo test check docs bench wheel-check clean:
	@$(PYTHON) tools/tasks.py $@
