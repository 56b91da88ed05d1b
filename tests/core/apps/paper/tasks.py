"""Tasks for the tests of the job queue."""

from django_tasks import task

ran: list = []
trouble: dict = {}


@task()
def note(number):
    ran.append(number)
    return number * 2


@task(priority=50)
def urgent(number):
    ran.append(number)


@task()
def fail(number):
    if trouble.get(number, 0) > 0:
        trouble[number] -= 1
        raise ValueError(f"trouble with {number}")
    ran.append(number)


@task(takes_context=True)
def tell(context, number):
    ran.append((number, context.attempt))
