-- What happened: an append-only log. A row is never changed, and none is removed
-- but those of a merge that did not come to its end.
CREATE TABLE device (
  id    INTEGER PRIMARY KEY,          -- 1 is this machine
  uid   TEXT NOT NULL UNIQUE,
  seq   INTEGER NOT NULL DEFAULT 0,   -- number of its newest event
  clock INTEGER NOT NULL DEFAULT 0    -- clock of its newest event
) STRICT;

CREATE TABLE scheduler (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE event (
  device        INTEGER NOT NULL REFERENCES device (id),
  seq           INTEGER NOT NULL,
  clock         INTEGER NOT NULL,     -- ms since 1970, strictly increasing
  at_ms         INTEGER NOT NULL,     -- ms since 1970, by the wall clock
  zone_min      INTEGER NOT NULL,     -- minutes east of UTC
  day           INTEGER NOT NULL,     -- study day, days since 1970
  kind          INTEGER NOT NULL,
  card_id       INTEGER NOT NULL,     -- 0 when it concerns no card
  grade         INTEGER NOT NULL DEFAULT 0,
  took_ms       INTEGER NOT NULL DEFAULT 0,
  scheduler_id  INTEGER REFERENCES scheduler (id),
  target_device INTEGER,
  target_seq    INTEGER,
  due           INTEGER,
  level         INTEGER,             -- or the flag
  batch         INTEGER,             -- seq of the first of those recorded as one
  text          TEXT,                -- or the given state
  PRIMARY KEY (device, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_card ON event (card_id);

-- The merge of another log that is under way; at most one. merge_piece says what it
-- has added, so that it can be taken back when its process is gone: see
-- store/mergenote.go.
CREATE TABLE merge_note (
  id      INTEGER PRIMARY KEY,        -- at random
  pieces  INTEGER NOT NULL,           -- number of its transactions
  leaving INTEGER NOT NULL DEFAULT 0, -- 1 while it is taken back
  device  INTEGER NOT NULL,           -- the newest one before it
  seq     INTEGER NOT NULL,           -- of this machine before it
  clock   INTEGER NOT NULL
) STRICT;

CREATE TABLE merge_piece (
  id   INTEGER PRIMARY KEY,
  keys BLOB NOT NULL
) STRICT;

-- The index of the deck files.
CREATE TABLE deck_file (
  path       TEXT PRIMARY KEY,
  mtime_ns   INTEGER NOT NULL,
  size       INTEGER NOT NULL,        -- -1 when it is not indexed to its end
  hash       BLOB NOT NULL,
  indexed_ns INTEGER NOT NULL,
  deck       TEXT NOT NULL,
  language   TEXT NOT NULL,
  title      TEXT NOT NULL,
  err        TEXT NOT NULL
) STRICT;

-- What was decided about the cards of a large file that has changed, while it is
-- indexed: see store/decision.go.
CREATE TABLE decision (
  path  TEXT PRIMARY KEY,
  hash  INTEGER NOT NULL,             -- of the cards that the file had
  joins BLOB NOT NULL
) STRICT;

CREATE TABLE deck (
  id       INTEGER PRIMARY KEY,
  uid      TEXT NOT NULL UNIQUE,
  title    TEXT NOT NULL,
  language TEXT NOT NULL,
  path     TEXT NOT NULL              -- '' when no file has the deck any more
) STRICT;

CREATE TABLE section (
  id          INTEGER PRIMARY KEY,
  deck_id     INTEGER NOT NULL REFERENCES deck (id),
  parent_id   INTEGER NOT NULL,       -- 0 at the top
  name        TEXT NOT NULL,
  ord         INTEGER NOT NULL,
  leaves      INTEGER NOT NULL DEFAULT 0,
  n_new       INTEGER NOT NULL DEFAULT 0,
  n_learning  INTEGER NOT NULL DEFAULT 0,
  n_young     INTEGER NOT NULL DEFAULT 0,
  n_mature    INTEGER NOT NULL DEFAULT 0,
  n_suspended INTEGER NOT NULL DEFAULT 0,
  UNIQUE (deck_id, parent_id, name)
) STRICT;

CREATE INDEX section_parent ON section (parent_id);

CREATE TABLE card (
  id         INTEGER PRIMARY KEY,
  deck_id    INTEGER NOT NULL REFERENCES deck (id),
  uid        TEXT NOT NULL,
  section_id INTEGER NOT NULL,        -- 0 for a card that stands alone
  leaf_id    INTEGER NOT NULL,        -- 0 for a card that stands alone
  level      INTEGER NOT NULL,
  ord        INTEGER NOT NULL,
  seed       INTEGER NOT NULL,
  hash       INTEGER NOT NULL,
  archived   INTEGER NOT NULL DEFAULT 0,
  phase      INTEGER NOT NULL DEFAULT 0,
  due        INTEGER NOT NULL DEFAULT 0,
  interval   INTEGER NOT NULL DEFAULT 0,
  ease       INTEGER NOT NULL DEFAULT 250,
  reps       INTEGER NOT NULL DEFAULT 0,
  lapses     INTEGER NOT NULL DEFAULT 0,
  reviews    INTEGER NOT NULL DEFAULT 0,
  last_day   INTEGER NOT NULL DEFAULT 0,
  drill_day  INTEGER NOT NULL DEFAULT 0,
  suspended  INTEGER NOT NULL DEFAULT 0,
  buried_day INTEGER NOT NULL DEFAULT 0,
  flag       INTEGER NOT NULL DEFAULT 0,
  UNIQUE (deck_id, uid)
) STRICT;
-- card_due holds all that a sitting needs of a due card, so that what is due is
-- read in one piece and not from all over the table. SQLite looks at archived
-- and suspended, and in card_seen at phase, although the condition says them.
CREATE INDEX card_due ON card (due, deck_id, section_id, level, buried_day, drill_day, phase, archived, suspended,
  leaf_id, ord, seed, interval, ease, reps, lapses, reviews, last_day, flag)
  WHERE phase > 0 AND archived = 0 AND suspended = 0;
CREATE INDEX card_new ON card (deck_id, max(level, 1), ord)
  WHERE phase = 0 AND archived = 0 AND suspended = 0;
CREATE INDEX card_drill ON card (drill_day) WHERE drill_day > 0;
CREATE INDEX card_seen ON card (last_day, leaf_id, phase) WHERE phase > 0;
CREATE INDEX card_archived ON card (deck_id) WHERE archived = 1;

CREATE TABLE content (
  card_id INTEGER PRIMARY KEY REFERENCES card (id),
  kind    INTEGER NOT NULL,
  line    INTEGER NOT NULL,           -- before the texts, so that reading it reads none
  leaf    TEXT NOT NULL,
  front   TEXT NOT NULL,
  back    TEXT NOT NULL,
  note    TEXT NOT NULL,
  source  TEXT NOT NULL,
  extra   TEXT NOT NULL               -- JSON: choices, accept, tags, media
) STRICT;

-- Counters, kept in the transaction of the event that changes them.
CREATE TABLE level_count (
  deck_id     INTEGER NOT NULL REFERENCES deck (id),
  level       INTEGER NOT NULL,
  n_new       INTEGER NOT NULL DEFAULT 0,
  n_learning  INTEGER NOT NULL DEFAULT 0,
  n_young     INTEGER NOT NULL DEFAULT 0,
  n_mature    INTEGER NOT NULL DEFAULT 0,
  n_suspended INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (deck_id, level)
) STRICT, WITHOUT ROWID;

CREATE TABLE day_count (
  deck_id       INTEGER NOT NULL REFERENCES deck (id),
  day           INTEGER NOT NULL,
  reviews       INTEGER NOT NULL DEFAULT 0,
  new           INTEGER NOT NULL DEFAULT 0,
  drills        INTEGER NOT NULL DEFAULT 0,
  again         INTEGER NOT NULL DEFAULT 0,
  young         INTEGER NOT NULL DEFAULT 0,
  young_passed  INTEGER NOT NULL DEFAULT 0,
  mature        INTEGER NOT NULL DEFAULT 0,
  mature_passed INTEGER NOT NULL DEFAULT 0,
  millis        INTEGER NOT NULL DEFAULT 0,
  moved_learning  INTEGER NOT NULL DEFAULT 0, -- of cards in a file only, see section_day
  moved_young     INTEGER NOT NULL DEFAULT 0,
  moved_mature    INTEGER NOT NULL DEFAULT 0,
  moved_suspended INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (deck_id, day)
) STRICT, WITHOUT ROWID;

-- day_total is day_count over all decks, so that a year is read in 365 rows.
CREATE TABLE day_total (
  day           INTEGER PRIMARY KEY,
  reviews       INTEGER NOT NULL DEFAULT 0,
  new           INTEGER NOT NULL DEFAULT 0,
  drills        INTEGER NOT NULL DEFAULT 0,
  again         INTEGER NOT NULL DEFAULT 0,
  young         INTEGER NOT NULL DEFAULT 0,
  young_passed  INTEGER NOT NULL DEFAULT 0,
  mature        INTEGER NOT NULL DEFAULT 0,
  mature_passed INTEGER NOT NULL DEFAULT 0,
  millis        INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE opened_level (
  deck  TEXT NOT NULL,
  level INTEGER NOT NULL,
  PRIMARY KEY (deck, level)
) STRICT, WITHOUT ROWID;

-- The section that new cards of a deck come from first, one name of its path a
-- line.
CREATE TABLE focus (
  deck    TEXT PRIMARY KEY,
  section TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the figures are drawn from, kept in the transaction of the event too.
-- Columns beginning with moved_ say how many cards more stand there since; those
-- that were new are as many less.
--
-- section_day is about cards that are in a file, in the section they are in now.
CREATE TABLE section_day (
  deck_id         INTEGER NOT NULL REFERENCES deck (id),
  day             INTEGER NOT NULL,
  section_id      INTEGER NOT NULL,   -- 0 for cards that stand alone
  reviews         INTEGER NOT NULL DEFAULT 0,
  tested          INTEGER NOT NULL DEFAULT 0, -- reviews of young and mature cards
  remembered      INTEGER NOT NULL DEFAULT 0, -- those of them that were passed
  moved_learning  INTEGER NOT NULL DEFAULT 0,
  moved_young     INTEGER NOT NULL DEFAULT 0,
  moved_mature    INTEGER NOT NULL DEFAULT 0,
  moved_suspended INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (deck_id, day, section_id)
) STRICT, WITHOUT ROWID;

-- hour_count is about all cards of all decks, by the level they have now. Its
-- columns n_g count reviews by stage and button: see srs.Tally.
CREATE TABLE hour_count (
  day     INTEGER NOT NULL,
  hour    INTEGER NOT NULL,           -- 0 to 23 by the clock on the wall
  level   INTEGER NOT NULL,
  new_1   INTEGER NOT NULL DEFAULT 0, new_2    INTEGER NOT NULL DEFAULT 0, new_3    INTEGER NOT NULL DEFAULT 0, new_4    INTEGER NOT NULL DEFAULT 0,
  learn_1 INTEGER NOT NULL DEFAULT 0, learn_2  INTEGER NOT NULL DEFAULT 0, learn_3  INTEGER NOT NULL DEFAULT 0, learn_4  INTEGER NOT NULL DEFAULT 0,
  young_1 INTEGER NOT NULL DEFAULT 0, young_2  INTEGER NOT NULL DEFAULT 0, young_3  INTEGER NOT NULL DEFAULT 0, young_4  INTEGER NOT NULL DEFAULT 0,
  mature_1 INTEGER NOT NULL DEFAULT 0, mature_2 INTEGER NOT NULL DEFAULT 0, mature_3 INTEGER NOT NULL DEFAULT 0, mature_4 INTEGER NOT NULL DEFAULT 0,
  drills  INTEGER NOT NULL DEFAULT 0,
  millis  INTEGER NOT NULL DEFAULT 0,
  took_5  INTEGER NOT NULL DEFAULT 0, took_10 INTEGER NOT NULL DEFAULT 0, took_20 INTEGER NOT NULL DEFAULT 0,
  took_40 INTEGER NOT NULL DEFAULT 0, took_60 INTEGER NOT NULL DEFAULT 0, took_more INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (day, hour, level)
) STRICT, WITHOUT ROWID;

-- state_page holds the states of 400 cards with neighbouring keys in one piece,
-- so that those of all cards are read in milliseconds: see store/page.go.
CREATE TABLE state_page (
  page   INTEGER PRIMARY KEY,         -- card.id / 400
  places BLOB NOT NULL,
  states BLOB NOT NULL
) STRICT;

-- The finished quizzes (kind 16), newest first.
CREATE INDEX event_quiz ON event (clock) WHERE kind = 16;
