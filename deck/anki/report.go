package anki

import (
	"cmp"
	"slices"
)

// Report says what reading a package took over and what it could not.
type Report struct {
	// Notes and Cards count what was taken over; Reviews the rows of history
	// that belong to it.
	Notes, Cards, Reviews int
	// Scheduled cards are not new, Suspended ones are hidden.
	Scheduled, Suspended int
	// NoteTypes counts the notes of each note type.
	NoteTypes map[string]int
	// Media counts the files that the package ships, MissingMedia those that
	// cards refer to and that it does not. None of them are taken over.
	Media, MissingMedia int
	// HasSchedule says that the package knows of any card that is not new, or
	// of any review.
	HasSchedule bool
	skipped     map[string]int
	missing     map[string]bool
}

// Skip is something that was not taken over, or not as it was, and how often.
type Skip struct {
	Reason string
	Count  int
}

// Skipped lists what was not taken over, the most frequent first. Each Reason
// is a sentence without a subject, to be read after a number.
func (r *Report) Skipped() []Skip {
	var out []Skip
	for reason, n := range r.skipped {
		out = append(out, Skip{reason, n})
	}
	slices.SortFunc(out, func(a, b Skip) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Reason, b.Reason))
	})
	return out
}

func (r *Report) skip(reason string, n int) {
	if n > 0 {
		r.skipped[reason] += n
	}
}

// The reasons for which something is left out or changed.
const (
	noFront      = "cards left out: their question is empty"
	noAnswer     = "cards have no answer in Anki; it is now —"
	noBlank      = "cards left out: the cloze asked for is no longer in the text"
	isOcclusion  = "cards left out: image occlusion cannot be shown in a terminal"
	noNote       = "cards left out: their note is missing"
	noTemplate   = "cards left out: their note type or template is missing"
	noCards      = "notes left out: they have no cards"
	noCard       = "reviews left out: their card is not in the package or was left out"
	badTime      = "reviews left out: their date is before 2000 or in the future"
	badButton    = "reviews left out: their answer is none of Again, Hard, Good, Easy"
	twiceTheSame = "notes have the same identity as another note; they get one made from their number"
)
