//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// quizHome is a home with a deck of two questions whose options are long.
func quizHome(t *testing.T) string {
	t.Helper()
	const cards = `
[[leaf]]
path = ["光合作用", "暗反应"]
text = "卡尔文循环（Calvin cycle）：固定二氧化碳"
  [[leaf.card]]
  front = "卡尔文循环（Calvin cycle）在叶绿体的哪里进行，靠什么提供能量？"
  back = "在叶绿体基质（stroma）中进行，靠光反应产生的 ATP 和 NADPH 提供能量。"
  note = "光反应在类囊体薄膜上。"
  choices = [
    { text = "在类囊体薄膜（thylakoid）上进行，直接由叶绿素吸收的光能推动。", why = "那是光反应。" },
    { text = "在线粒体内膜（inner membrane）上进行，靠呼吸作用放出的热能推动。", why = "那是呼吸作用。" },
    { text = "在细胞质基质（cytosol）中进行，靠糖酵解（glycolysis）得到的 ATP。", why = "那是糖酵解。" },
  ]
`
	home := t.TempDir()
	if err := os.Mkdir(filepath.Join(home, "decks"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"config.toml": "shipped_deck = false\nlanguage = \"zh\"\n", "decks/plants.toml": "[deck]\ntitle = \"植物\"\n" + cards,
	} {
		if err := os.WriteFile(filepath.Join(home, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return home
}

// TestTerminalQuiz answers one question wrong: the picked option is wholly on the
// screen, and so is, after scrolling, what is right and why.
func TestTerminalQuiz(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			w := open(t, size[0], size[1], quizHome(t), "quiz", "--kind", "choice", "--seed", "1")
			w.shows("1/1")
			for i, end := range []string{"1", "2", "3", "4"} {
				screen := w.until("option "+end, func(s string) bool { return strings.Contains(s, "▸ "+end) })
				if option := marked(screen); !strings.HasSuffix(option, "。") {
					t.Errorf("option %d is cut: %q in\n%s", i+1, option, screen)
				}
				w.press("\x1b[B")
			}
			right := rightOption(t, w)
			w.press(fmt.Sprint(right%4 + 1))
			w.shows(fmt.Sprintf("✗ → %d", right))
			w.until("the answer and the note", seenWhileScrolling(w, "✗错误", "✓答案是", "光反应在类囊体薄膜上"))
			w.press(" ")
			w.shows("答对 0 / 1")
			w.press(" ")
			if code := w.ends(); code != 0 {
				t.Errorf("got exit %d, want 0", code)
			}
			if w.bells != 0 {
				t.Errorf("the bell rang %d times", w.bells)
			}
		})
	}
}

// marked is the highlighted option, its rows joined.
func marked(screen string) string {
	var b strings.Builder
	for row := range strings.SplitSeq(screen, "\n") {
		switch {
		case strings.Contains(row, "▸"):
			b.WriteString(strings.TrimSpace(row))
		case b.Len() > 0 && strings.HasPrefix(row, "    ") && strings.TrimSpace(row) != "":
			b.WriteString(strings.TrimSpace(row))
		case b.Len() > 0:
			return b.String()
		}
	}
	return b.String()
}

// rightOption finds the number of the right option by going through the list.
func rightOption(t *testing.T, w *window) int {
	t.Helper()
	w.press("\x1b[H")
	for i := 1; i <= 4; i++ {
		screen := w.until("the option", func(s string) bool { return strings.Contains(s, fmt.Sprintf("▸ %d", i)) })
		if strings.Contains(strings.ReplaceAll(marked(screen), " ", ""), "stroma") {
			return i
		}
		w.press("\x1b[B")
	}
	t.Fatal("the right option is not on the screen")
	return 0
}

// seenWhileScrolling scrolls until each of texts was on the screen, whatever the
// line breaks.
func seenWhileScrolling(w *window, texts ...string) func(string) bool {
	missing := texts
	return func(screen string) bool {
		flat := strings.NewReplacer(" ", "", "\n", "").Replace(screen)
		var left []string
		for _, text := range missing {
			if !strings.Contains(flat, text) {
				left = append(left, text)
			}
		}
		if missing = left; len(missing) > 0 {
			w.press("\x1b[B")
		}
		return len(missing) == 0
	}
}

// TestTerminalQuizInterrupted keeps nothing of a quiz that Ctrl-C ends.
func TestTerminalQuizInterrupted(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			w := open(t, size[0], size[1], home, "quiz", "--kind", "choice", "--seed", "1")
			w.shows("1/20")
			w.press("1 ")
			w.shows("2/20")
			w.press("\x03")
			if code := w.ends(); code != 130 {
				t.Errorf("got exit %d, want 130", code)
			}
			w.leaves("The quiz was not finished: nothing is kept.")
		})
	}
}

// TestTerminalQuizCompares has the last results wrapped below the new one.
func TestTerminalQuizCompares(t *testing.T) {
	t.Parallel()
	home := quizHome(t)
	for _, says := range []string{"1 光合作用", "之前：0% (01-05 09:00)", "之前：0% (01-05 09:00)、0% (01-05 09:00)"} {
		w := openWith(t, 20, 10, nil, home, "quiz", "--kind", "choice", "--seed", "1")
		w.shows("1/1")
		w.press("\x1b[H")
		w.press(fmt.Sprint(rightOption(t, w)%4+1) + "  ")
		if code := w.ends(); code != 0 {
			t.Errorf("got exit %d, want 0", code)
		}
		w.leaves(says)
	}
}

// TestTerminalQuizStop leaves a quiz with Esc only when that is confirmed.
func TestTerminalQuizStop(t *testing.T) {
	t.Parallel()
	w := open(t, 40, 15, t.TempDir(), "quiz", "--kind", "typed", "--seed", "1")
	w.shows("1/20")
	w.press("\x1b")
	w.shows("Stop the quiz?")
	w.press("n")
	w.shows("Your answer")
	w.press("\x1b")
	w.shows("Stop the quiz?")
	w.press("y")
	if code := w.ends(); code != 0 {
		t.Errorf("got exit %d, want 0", code)
	}
}

// TestTerminalExamClock shows the time left and ends the exam by itself.
func TestTerminalExamClock(t *testing.T) {
	t.Parallel()
	w := openWith(t, 40, 15, []string{"TEST_STEP=1s"}, quizHome(t), "quiz", "--exam", "--time", "8s", "--kind", "choice", "--seed", "1")
	w.shows("剩 0:0")
	w.shows("时间到了")
	w.shows("1 题超时")
	w.press(" ")
	if code := w.ends(); code != 0 {
		t.Errorf("got exit %d, want 0", code)
	}
}

// TestTerminalPlaceHidesNothing says on the first question of a placement how many of
// the options are out of sight, in windows too small for them.
func TestTerminalPlaceHidesNothing(t *testing.T) {
	const long = "A city on a river whose name is much longer than a row of a narrow window, number "
	home := t.TempDir()
	var b strings.Builder
	b.WriteString("[deck]\ntitle = \"Cities\"\n")
	for i := range 5 {
		fmt.Fprintf(&b, "[[leaf]]\npath = [\"a\"]\ntext = \"%d\"\n[[leaf.card]]\nfront = \"%s%d?\"\nback = \"%s%d\"\n", i, strings.Repeat("Which city is it? ", 12), i, long, i)
		fmt.Fprintf(&b, "choices = [\"%sone\", \"%stwo\", \"%sthree\"]\n", long, long, long)
	}
	if err := os.Mkdir(filepath.Join(home, "decks"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"config.toml": "shipped_deck = false\n", "decks/cities.toml": b.String()} {
		if err := os.WriteFile(filepath.Join(home, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for size, says := range map[[2]int][]string{{40, 15}: {"▾2 more ↑↓", "▴2 more ↑↓"}, {20, 10}: {"▾4 ↑↓", "▴4 ↑↓"}} {
		w := open(t, size[0], size[1], home, "path", "place", "--seed", "1")
		w.shows("starts")
		w.press(" ")
		w.shows("PgDn")
		w.shows(says[0])
		w.press("\x1b[F")
		w.shows("I don't know")
		w.shows(says[1])
		w.press("\x03")
		w.ends()
	}
}

// TestTerminalPlace says three times not to know: there is nothing to mark.
func TestTerminalPlace(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			w := openWith(t, size[0], size[1], []string{"LANG=zh_CN.UTF-8"}, home, "path", "place", "--seed", "5")
			w.shows("24 题")
			w.press(" ")
			for n := range 3 {
				w.shows(fmt.Sprintf("第 %d 题", n+1))
				w.press("\x1b[F")
				w.until("the last option", func(screen string) bool { // with spaces unless all are short
					return strings.Contains(strings.ReplaceAll(screen, " ", ""), "▸5不知道")
				})
				w.press("5")
			}
			w.shows("按空格结束")
			w.press("55 ") // the digits are ahead of a question that does not come
			if code := w.ends(); code != 0 {
				t.Errorf("got exit %d, want 0", code)
			}
			w.leaves("没有要标记的")
			if got, want := due(t, home), "0 due, 10 new, 0 to drill"; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}
