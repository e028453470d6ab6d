package main

import (
	"fmt"
	"strings"

	"github.com/mindleaf/mindleaf/srs"
)

// digestSections is how many sections a digest names.
const digestSections = 5

// printDigest writes the statistics of the span as Markdown, for a mail or a
// note.
func (a *app) printDigest(f *figures) {
	from := f.day - srs.Day(f.SinceDays) + 1
	line := func(format string, args ...any) { fmt.Fprintf(a.stdout, format+"\n", args...) }
	line("# %s", a.t("mindleaf, %s to %s", from, f.Day))
	line("")
	line("- %s", a.doneText(f.Since))
	line("- %s", a.t("%d of %d days studied; streak: %d days", f.Since.DaysStudied, f.SinceDays, f.Streak))
	if t := f.tested(); t.Tested > 0 {
		line("- %s: %s", a.t("Retention"), t.text(uncut))
	}
	line("- %s", a.t("cards: %d, due %d, recall now %s", f.Counts.Total, f.Due, share(f.Recall)))
	week := int64(0)
	for _, d := range f.Forecast[1:8] {
		week += d.Due
	}
	line("- %s", a.t("due in the 7 days after today: %d", week))
	a.digestTable(a.t("Decks"), f.Decks)
	a.digestTable(a.t("Sections"), f.moved())
	a.digestWeakest(f)
}

// tested is the retention of the span over all decks.
func (f *figures) tested() (t testFigure) {
	for _, l := range f.Levels {
		t.Tested, t.Remembered = t.Tested+l.Tested, t.Remembered+l.Remembered
	}
	return t
}

// moved returns the sections in which something was reviewed.
func (f *figures) moved() (places []placeFigure) {
	for _, p := range f.Sections {
		if p.Reviews > 0 {
			places = append(places, p)
		}
	}
	return places
}

func (a *app) digestTable(heading string, places []placeFigure) {
	if len(places) == 0 {
		return
	}
	fmt.Fprintf(a.stdout, "\n## %s\n\n", heading)
	fmt.Fprintf(a.stdout, "| | %s | %s | %s | %s |\n|---|---:|---:|---:|---:|\n", a.t("reviews"), a.t("retention"), a.t("percent"), a.t("gain"))
	for _, p := range places {
		name := p.Name
		if len(p.Path) > 0 {
			name = joinPath(p.Path)
		}
		fmt.Fprintf(a.stdout, "| %s | %d | %s | %s | %s |\n", markdownCell(name), p.Reviews, p.testFigure.text(0), points(p.Percent), signed(p.Gained))
	}
}

// digestWeakest names the sections that need work.
func (a *app) digestWeakest(f *figures) {
	shown := 0
	for _, s := range f.weakest {
		if s.Lost < 0.5 && s.Due == 0 || shown == digestSections {
			break
		}
		if shown == 0 {
			fmt.Fprintf(a.stdout, "\n## %s\n\n", a.t("Needs work"))
		}
		shown++
		a.say("- %s: %s", markdownCell(joinPath(s.Path)), a.t("about %.1f cards would be forgotten now, %d due", s.Lost, s.Due))
	}
}

// markdownCell writes text from a deck so that Markdown shows it as it is.
func markdownCell(s string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`).Replace(printable(s))
}
