"""The consent engine: events in, state and effects out. It has no clock, no I/O and no threads.

`Engine.reads(event)` says what an event needs to see, a store loads it, and
`Engine.handle(event, snapshot)` returns the `Transition` to commit; `stores.port`
says what a store promises.
"""
