"""Error recovery: what is wrong where the grammar cannot go on, and how the parse goes on all the same.

The promise
===========
One mistake gives one finding, at the place of the mistake, and the rest of the
file is read as if the mistake were mended. `tests/syntax/test_recovery.py`
holds it: each token of a whole file left out, each kind of token too many.

It is kept in three ways. A mender that knows the mistake brings the parser to
the state that the mended text would have led to, so that what follows is read
in its right place. `Progress.report` keeps one finding for each lexeme, and
none for what a broken string may have swallowed. What cannot be read on is
left out whole (`skip`): a block with its braces, up to the next line that
begins a statement.

The loop
========
`parse` feeds lexemes to the automaton (`syntax/grammar.py`). Where it refuses
one, `mend` asks the menders in order; the first that returns True has reported
the mistake and has either moved on in the text or changed the automaton's
state so that the same lexeme can stand. So every round of the loop makes
progress, and each mender looks at a few lexemes or leaves out those that it
looked at: time is linear in the file and in the number of mistakes
(`tests/syntax/test_work.py` counts it).

The state
=========
`Progress` holds all of it; menders have none.

- `tokens`, `at`: the text in pieces and the place of the current lexeme. Lexemes
  before `at` are done with: fed, replaced or marked as an error. `at` only grows,
  but for `swallowed_statement`, which gives one word back to be read again.
- `automaton`: which lexemes can follow. It changes through `advance`, `insert`
  and `substitute` (which feed it) and `automaton.back_to_list` (which closes or
  forgets the statement that is read), and `automaton.take_back` (which forgets its
  last lexeme). Everything else only asks it.
- `blocks`: the blocks that are open, the outermost first. Fed `{` and `}` push
  and pop, whether written or inserted, so the list is as deep as the automaton
  is: file, country, language, section. `closed` is the kind of the block that was
  closed last, for statements that were meant to stand in it.
- `missing_braces`: how many `{` of the whole file have no `}`, less what was
  mended: inserting a brace or leaving one out changes it. Its sign decides
  where layout does not: above 0 a block is unclosed rather than a statement
  misplaced, below 0 a `}` came too early rather than a block's `{` is missing.
- `suspicions`: blocks whose `}` is indented like another block's. If blocks are
  open at the end of the file, these are the ones to name.
- `reported`: the lexemes that have a finding. `found`: the findings.
- `tokens.spent`, `_swallowed`: the lexemes on a line whose quotes do not pair,
  and the braces among them. What is missing there may stand inside the string.
- `tokens.words`: findings about characters of bare words, by lexeme. A mender
  that replaces or leaves out a word takes its finding away with it.
- `tokens.is_cut`: blocks nest too deep and the rest has no lexemes. Then nothing
  is reported at the end of the lexemes, and no block is called unclosed.

The order of the menders
========================
The order goes from what is certain to what is guessed; each mender may count
on the ones before it having declined.

1. `file_ends`: at the end of the file no other mender has a lexeme to look at.
2. `swallowed_statement` and `swallowed_condition` look back, at a name that the
   list before it took for a word. Later menders look ahead and would blame what
   follows.
3. `missing_brace`, `missing_mark`, `missing_is`, `missing_reach`, `missing_arrow`:
   one mark is missing, and the automaton says which. An arrow comes before its
   action:
4. `unknown_action`: behind the arrow there is one word that is no action.
5. `missing_because` (the reason of `allow`), `wrong_kind_of_word`: quotes too many or missing, where a word must stand.
6. `misspelt_condition`, `misplaced_condition`: `unless` and `needs`, which would
   be words without a comma. `missing_comma`: two words of a list. It comes after the menders above
   because a word may follow a word in their mistakes, too.
7. From here on the statement before is complete, and the lexeme begins nothing:
   `extra_brace` (no block is open), `closed_too_early` (a block has just been
   closed), `misplaced_ruleset`, `unclosed_or_misplaced` (a statement of another
   block), `unknown_statement` (a word that is no statement's name).
8. `_unexpected` knows no cause. It says what could stand here, and puts one
   lexeme in, leaves one out, or gives the statement up, whichever lets the next
   few lexemes be read.

What of Lark is used
====================
The LALR tables alone, from `Lark.parse_interactive().parser_state.parse_conf`:
`parse_table.states` (a row of actions by type for each state; an action's
second part is a state to shift to, or a rule to reduce by), `start_state`,
`end_state`, and `callbacks`, which build the values; of a rule `origin.name` and
`expansion`. Most of it is not in Lark's documentation, so Lark is held below
2 and `tests/syntax/test_grammar.py` names each attribute. Lark's own recovery
(`on_error`, the interactive parser) can ask what may follow, but not end a
statement without the lexeme behind it, and copies the parser to ask.
"""
