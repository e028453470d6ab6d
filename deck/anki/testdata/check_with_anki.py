#!/usr/bin/env python3
"""Checks packages against Anki's own library, the Python package "anki".

    check_with_anki.py make FOLDER         makes a collection and writes it to FOLDER
                                           as legacy.apkg, latest.apkg, legacy.colpkg
                                           and latest.colpkg, with what mindleaf should
                                           find in it as expected.json
    check_with_anki.py read PACKAGE        imports PACKAGE into a fresh collection, with
                                           scheduling, and prints what is there as JSON
"""

import json
import os
import sys
import tempfile
import time

from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageOptions, ImportAnkiPackageRequest

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4


def add(col, kind, deck, fields, tags=()):
    note = col.new_note(col.models.by_name(kind))
    for i, text in enumerate(fields):
        note.fields[i] = text
    note.tags = list(tags)
    col.add_note(note, col.decks.id(deck))
    return note


def answer(col, card, button):
    """Answers a card through the scheduler, wherever it is in the queue."""
    card.load()
    card.start_timer()
    col.sched.answerCard(card, button)
    time.sleep(0.003)  # the history is numbered in milliseconds


def borrow(col, search):
    """Puts cards into a filtered deck for the moment."""
    deck = col.sched.get_or_create_filtered_deck(0)
    deck.name = "borrowed"
    deck.config.search_terms[0].search = search
    col.sched.add_or_update_filtered_deck(deck)
    assert col.db.scalar("select count() from cards where odid > 0") == 2


def make(folder):
    col = Collection(os.path.join(folder, "made.anki2"))
    # 90 days ago, so that there is a past for reviews.
    col.db.execute("update col set crt = crt - 90 * 86400")
    col.close()
    col = Collection(os.path.join(folder, "made.anki2"))
    basic = add(col, "Basic", "语言::德语", ["die <b>Katze</b>", "猫<br>cat &amp; kitten"], ["动物", "a::b"])
    both = add(col, "Basic (and reversed card)", "语言::德语", ["Hund", "狗"])
    cloze = add(col, "Cloze", "知识", ["{{c2::巴黎}}是{{c1::法国::国家}}的首都", "欧洲"])
    double = add(col, "Cloze", "知识", ["{{c1::a}} and {{c1::b}}, {{c2::c}}", ""])
    typed = add(col, "Basic (type in the answer)", "知识::数学", ["2 + 2", "4"])
    flagged = add(col, "Basic", "知识", ["flagged", "yes"])
    buried = add(col, "Basic", "知识", ["buried", "yes"])
    gone = add(col, "Basic", "知识", ["suspended", "yes"])
    add(col, "Basic", "知识", ["new", "untouched"])
    for buttons, card in [
        ([GOOD, GOOD], basic.cards()[0]),
        ([EASY], both.cards()[0]),
        ([AGAIN], both.cards()[1]),
        ([GOOD, GOOD], cloze.cards()[0]),
        ([EASY], cloze.cards()[1]),
        ([EASY], double.cards()[0]),
        ([HARD], typed.cards()[0]),
        ([EASY], gone.cards()[0]),
    ]:
        for button in buttons:
            answer(col, card, button)
    # Let 30 days pass for some, and answer them as reviews.
    for card in [basic.cards()[0], both.cards()[0], cloze.cards()[1], double.cards()[0]]:
        col.db.execute("update cards set due = ?, ivl = 30 where id = ?", col.sched.today - 2, card.id)
        col.db.execute("update revlog set id = id - 32 * 86400000 where cid = ?", card.id)
    answer(col, basic.cards()[0], GOOD)
    answer(col, both.cards()[0], AGAIN)
    answer(col, cloze.cards()[1], HARD)
    col.set_config("fsrs", True)
    answer(col, double.cards()[0], EASY)
    borrow(col, "nid:%d or nid:%d" % (basic.id, typed.id))
    col.set_user_flag_for_cards(3, [flagged.cards()[0].id])
    col.sched.bury_cards([buried.cards()[0].id])
    col.sched.suspend_cards([gone.cards()[0].id])
    with open(os.path.join(folder, "expected.json"), "w") as f:
        json.dump(contents(col), f)
    for legacy in (True, False):
        name = "legacy" if legacy else "latest"
        col.export_anki_package(
            out_path=os.path.join(folder, name + ".apkg"), limit=None,
            options=ExportAnkiPackageOptions(with_scheduling=True, with_media=True, with_deck_configs=True, legacy=legacy))
        col.export_collection_package(os.path.join(folder, name + ".colpkg"), True, legacy)
        col.reopen() if col.db is None else None
    col.close()


def contents(col):
    """What is in a collection, with due days as days from today."""
    notes, today = [], col.sched.today
    for nid in col.find_notes(""):
        note = col.get_note(nid)
        cards = []
        for c in sorted(note.cards(), key=lambda c: c.ord):
            if c.odid:  # what a filtered deck has borrowed is told as it was
                c.did, c.due = c.odid, c.odue or c.due
            due = c.due - today if c.queue in (2, 3) or c.queue < 0 and c.type == 2 else None
            if c.type in (1, 3) and c.queue < 0 and c.due < 1_000_000_000:
                due = c.due - today
            cards.append({
                "id": c.id, "ord": c.ord, "deck": col.decks.name(c.did), "type": c.type, "queue": c.queue, "due": due, "due_at": c.due if c.due > 1_000_000_000 else 0, "ivl": c.ivl,
                "factor": c.factor, "reps": c.reps, "lapses": c.lapses, "flag": c.flags & 7,
                "reviews": [list(r) for r in col.db.execute("select id, ease, ivl, lastIvl, factor, type from revlog where cid = ? order by id", c.id)],
            })
        notes.append({"guid": note.guid, "type": note.note_type()["name"], "fields": list(note.fields), "tags": sorted(note.tags), "cards": cards})
    return {"notes": notes, "day": today}


def read(package):
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(os.path.join(folder, "fresh.anki2"))
        log = col.import_anki_package(ImportAnkiPackageRequest(
            package_path=package, options=ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True, merge_notetypes=False)))
        out = contents(col)
        out["new"], out["conflicting"] = len(log.log.new), len(log.log.conflicting)
        problems, ok = col.fix_integrity()
        out["problems"] = "" if ok else problems
        out["questions"] = [c.question() for c in (col.get_card(i) for i in sorted(col.find_cards("")))][:20]
        again = col.import_anki_package(ImportAnkiPackageRequest(
            package_path=package, options=ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)))
        out["again"] = {"new": len(again.log.new), "duplicate": len(again.log.duplicate), "updated": len(again.log.updated)}
        col.close()
    json.dump(out, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    {"make": make, "read": read}[sys.argv[1]](sys.argv[2])
