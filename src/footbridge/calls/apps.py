from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "footbridge.calls"

    def ready(self) -> None:
        from footbridge.calls import actions, keeping, personal, postmen
        from footbridge.core import jobs
        from footbridge.people import outbox, personal_data

        personal_data.register("calls", personal.export, personal.erase, hold=personal.hold)
        outbox.passes_on(postmen.letters)
        jobs.every(30, actions.shut_what_is_due)
        jobs.every(60, actions.tell_the_last_word)
        jobs.every(300, actions.end_what_is_decided)
        jobs.every(300, actions.lead_on)
        jobs.every(3600, actions.remind_owners)
        jobs.every(3600, actions.tell_the_hosts)
        jobs.every(3600, actions.pass_on_what_is_left)
        jobs.every(3600, keeping.forget_what_was_taken_back)
        jobs.every(3600, keeping.forget_unconfirmed)
        jobs.every(3600, keeping.forget_old_answers)
        jobs.every(3600, keeping.forget_forgotten_drafts)
