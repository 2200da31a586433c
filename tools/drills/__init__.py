"""Faults as scripts: the site is broken in one way while people sign, and must keep its promises.

    make drill -- --list
    make drill -- --only database-killed

A real PostgreSQL, nginx, web server, worker and mail server run, each started as `deploy/` says.
People post the form as a browser does, get their mail by SMTP and press the link in it. Amid that
something is broken, and mended; then what is stored is read with plain SQL and compared with what
people were told (`judge.py`). A drill fails where a promise broke, and also where it proved
nothing: each fault has to be seen to be in effect.
"""
