"""How do a browser, OpenRefine and other programs ask the resolver over HTTP?

One process answers on a loopback address: a page, a JSON API, the W3C Reconciliation Service API and the
review of open links. Matching is done by worker processes, so that a long text holds up nobody and a
request that takes too long can be ended. This room needs the extra ``onomast[serve]``.

::

    request ─ guard ─ api | reconcile | page ─ pool ─ worker ─ tasks ─ resolver
              (host, origin, token, sizes)     (lanes, time)      decisions ┘
"""
