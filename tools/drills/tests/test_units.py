"""Services of a drill do what the unit files of `deploy/` say."""

from tools.drills.units import Unit


def test_the_worker_is_told_alone_so_that_it_finishes_the_mail_in_hand(tmp_path):
    worker = Unit("casa-worker.service", {}, tmp_path / "log")
    assert worker._command[1:] == ["manage.py", "qcluster"]
    assert not worker._tells_all


def test_the_web_server_can_be_reloaded():
    text = Unit.text_of("casa-web.service")
    assert "ExecReload=/bin/kill -HUP $MAINPID" in text
