//go:build unix

package term

import (
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

var sizes = []struct{ width, height int }{{80, 24}, {40, 15}, {20, 10}, {120, 40}}

func forSizes(t *testing.T, f func(t *testing.T, width, height int)) {
	for _, s := range sizes {
		t.Run(fmt.Sprintf("%dx%d", s.width, s.height), func(t *testing.T) { f(t, s.width, s.height) })
	}
}

func TestReview(t *testing.T) {
	forSizes(t, func(t *testing.T, w, h int) {
		c := start(t, "review", w, h)
		before := c.see("什么是光合作用")
		if !strings.Contains(before, "按空格显示答案") {
			before = c.see("按空格显示答案")
		}
		c.send(" ")
		after := c.tidy("")
		switch got := rowOf(after, 1); {
		case h > 10 && got != rowOf(before, 1):
			t.Errorf("first row of the question: got %q, want %q", got, rowOf(before, 1))
		case h == 10: // there is no room for both
			c.see("光合作用是绿色植物")
			c.send("\x1b[5~")
			c.until("question", func(s string) bool { return rowOf(s, 1) == rowOf(before, 1) })
		}
		for i, grade := range []string{"1重来", "2困难", "3良好", "4简单"} {
			if !strings.Contains(strings.ReplaceAll(after, " ", ""), grade) {
				t.Errorf("grade %d is not on the screen:\n%s", i+1, after)
			}
		}
		c.send("\x1b[A")
		c.until("second grade", func(s string) bool { return strings.Contains(strings.ReplaceAll(s, " ", ""), "▸2困难") })
		c.send("\x1b[B\x1b[B\x1b[A")
		c.until("third grade", func(s string) bool { return strings.Contains(strings.ReplaceAll(s, " ", ""), "▸3良好") })
		c.tidy("")
		c.send("\r")
		c.see("良好 · u")
		c.see("Transformer")
		c.send("q")
		c.hear("1: grade 3")
		c.leaves(0)
	})
}

func rowOf(screen string, n int) string { return strings.Split(screen, "\n")[n] }

func TestTypeAhead(t *testing.T) {
	const keys = " 1 2 3 4 1 2"
	for _, gap := range []time.Duration{0, time.Millisecond, 5 * time.Millisecond, -1} {
		t.Run(gap.String(), func(t *testing.T) {
			c := start(t, "review", 40, 15)
			if gap >= 0 { // -1: before the program reads anything
				c.see("按空格显示答案")
			}
			if gap <= 0 {
				c.send(keys)
			} else {
				for _, k := range keys {
					c.send(string(k))
					time.Sleep(gap)
				}
			}
			c.leaves(0)
			for i, g := range []int{1, 2, 3, 4, 1, 2} {
				if want := fmt.Sprintf("%d: grade %d\n", i+1, g); !strings.Contains(c.stderr.String(), want) {
					t.Errorf("no %q in:\n%s", want, c.stderr.String())
				}
			}
		})
	}
}

func TestTypeAheadOfManyPrompts(t *testing.T) {
	c := start(t, "many", 80, 24)
	c.see("第1题")
	var want string
	for i := range 50 {
		want += fmt.Sprint(i%4 + 1)
	}
	c.send(want)
	c.leaves(0)
	if got := strings.TrimSpace(c.stderr.String()); got != want {
		t.Errorf("grades: got %s, want %s", got, want)
	}
}

func TestQuiz(t *testing.T) {
	forSizes(t, func(t *testing.T, w, h int) {
		c := start(t, "quiz", w, h)
		c.tidy("")
		c.send("\x1b[B\x1b[B")
		c.until("third option", func(s string) bool { return strings.Contains(s, "▸ 3 ATP") })
		s := c.tidy("")
		if whole := strings.Join(strings.Fields(s), ""); !strings.Contains(whole, "合成ATP。") {
			t.Errorf("the end of the highlighted option is not on the screen:\n%s", s)
		}
		c.send("\x1b[A\x1b[A\x1b[A")
		c.until("first option", func(s string) bool { return strings.Contains(s, "▸ 1 光合") })
		c.tidy("")
		c.send("4")
		c.hear("chose 4 kind 0")
		c.leaves(0)
	})
}

func TestAskEditing(t *testing.T) {
	tests := []struct{ name, keys, want string }{
		{"chinese", "光合作用\r", "光合作用"},
		{"home and end", "b\x1b[Ha\x1b[Fc\r", "abc"},
		{"delete", "abc\x01\x1b[3~\r", "bc"},
		{"delete at the end keeps the text", "abc\x1b[3~\x04\r", "abc"},
		{"kill line", "abc\x15xy\r", "xy"},
		{"kill word", "one two\x17three\r", "one three"},
		{"kill a chinese word", "注意力\x17\r", "注意"},
		{"kill to the end", "abc\x1b[D\x1b[D\x0b\r", "a"},
		{"backspace of wide", "光合\x7f\x7f作\r", "作"},
		{"backspace of an emoji", "a👩‍🚀\x7f\r", "a"},
		{"alt is no escape", "ab\x1bxc\r", "abc"},
		{"tab", "a\tb\r", "ab"},
		{"hidden search of readline", "a\x12\x13b\r", "ab"},
		{"up and down", "a\x1b[A\x1b[Bb\r", "ab"},
		{"paste of lines", "\x1b[200~第一行\r\n第二行\n\x1b[201~\r", "第一行 第二行"},
		{"paste of escapes", "\x1b[200~a\x1b[31mb\x07c\x1b[201~\r", "abc"},
		{"refused, then typed", "\r好\r", "好"},
		{"refused in the middle", "  \x1b[D\r好\r", " 好 "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := start(t, "ask", 40, 15)
			c.see("答案:")
			c.send(tt.keys)
			c.hear(fmt.Sprintf("text %q kind 0", tt.want))
			c.leaves(0)
		})
	}
}

func TestAskCaret(t *testing.T) {
	forSizes(t, func(t *testing.T, w, h int) {
		c := start(t, "ask", w, h)
		c.see("答案:")
		c.caretAt(6)
		c.send("光合ab")
		c.caretAt(12)
		c.send("\x1b[D\x1b[D\x1b[D")
		c.caretAt(8)
		c.send("\r")
		c.hear(`text "光合ab" kind 0`)
	})
}

func TestAskLongText(t *testing.T) {
	forSizes(t, func(t *testing.T, w, h int) {
		c := start(t, "ask", w, h)
		c.see("答案:")
		text := strings.Repeat("光合作用abc", 12)
		c.send(text)
		s := c.until("end of the text", func(s string) bool {
			x, y, hidden := c.cursor()
			return !hidden && x > 2 && strings.HasSuffix(headOf(rowOf(s, y), x), "abc")
		})
		if strings.Count(s, "答案:") > 1 {
			t.Errorf("the label is there more than once:\n%s", s)
		}
		c.send("\r")
		c.hear(fmt.Sprintf("text %q", text))
	})
}

func TestAskMistakeAndBack(t *testing.T) {
	c := start(t, "ask", 40, 15)
	c.see("答案:")
	c.send("\r")
	c.see("! 请写一点什么")
	c.send("a")
	c.until("mistake gone", func(s string) bool {
		return !strings.Contains(s, "请写一点什么") && strings.Contains(s, "答案: a")
	})
	c.send("\x1b")
	c.hear("kind 2")
	c.leaves(0)
}

func TestAskLongPaste(t *testing.T) {
	c := start(t, "ask", 80, 24)
	c.see("答案:")
	c.send("\x1b[200~" + strings.Repeat("学", 2000) + "\x1b[201~\r")
	c.hear(strings.Repeat("学", 2000))
	c.leaves(0)
}

func TestResize(t *testing.T) {
	c := start(t, "quiz", 80, 24)
	c.tidy("请选择：")
	for _, s := range []struct{ w, h int }{{40, 20}, {30, 12}, {20, 10}, {3, 2}, {80, 24}} {
		c.resize(s.w, s.h)
		if s.w < 20 {
			time.Sleep(50 * time.Millisecond) // nothing to see; it must not fall
			continue
		}
		c.until("resized screen", func(screen string) bool {
			return strings.Contains(screen, "▸ 1 光合") && strings.HasPrefix(rowOf(screen, 1), "什么是") &&
				strings.Contains(rowOf(screen, s.h-1), "↑↓") && strings.Count(screen, "▸") == 1 && !duplicated(screen)
		})
	}
	c.send("\x1b[B\r")
	c.hear("chose 2")
	c.leaves(0)
}

func TestSizeUnknown(t *testing.T) {
	c := start(t, "review", 0, 0)
	c.see("按空格显示答案")
	c.send(" ")
	c.tidy("这张卡记得怎样？")
	c.send("3q")
	c.leaves(0)
}

func TestScroll(t *testing.T) {
	c := start(t, "long", 40, 15)
	c.see("/60]")
	c.send("\x1b[6~")
	c.until("second page", func(s string) bool { return !strings.Contains(s, "第1行") && strings.Contains(s, "第12行") })
	c.send("\x06\x06\x06\x06\x06\x06\x06\x06\x06\x06\x06")
	c.see("[60/60]")
	c.send("\x1b[5~\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02")
	c.see("第1行")
	c.send("4")
	c.hear("grade 4")
	c.leaves(0)
}

func TestSearch(t *testing.T) {
	c := start(t, "pick", 40, 15)
	c.until("101st", func(s string) bool { return strings.Contains(s, "▸") && strings.Contains(s, "第101节") })
	c.tidy("小节 [101/200]")
	c.send("/第15")
	c.see("搜索： 第15")
	c.until("hits", func(s string) bool { return strings.Contains(s, "第15节") && !strings.Contains(s, "第101节") })
	c.send("zzz")
	c.see("没有结果")
	c.send("\r\x7f\x7f\x7f\x1b[B")
	c.until("second hit", func(s string) bool { return strings.Contains(s, "▸   第150节") })
	c.send("\r")
	c.hear("chose 150 kind 0")
	c.leaves(0)
}

func TestSearchEscape(t *testing.T) {
	c := start(t, "pick", 80, 24)
	c.tidy("小节 [101/200]")
	c.send("/15")
	c.see("搜索： 15")
	c.send("\x1b")
	c.until("no search", func(s string) bool { return !strings.Contains(s, "搜索：") && strings.Contains(s, "[1/200]") })
	c.send("\x1b[F")
	c.see("▸   第200节")
	c.send("\x1b")
	c.hear("kind 2")
	c.leaves(0)
}

func TestDestructiveConfirm(t *testing.T) {
	c := start(t, "confirm", 80, 24)
	c.see("按空格继续")
	c.send(" ")
	c.hear("working")
	c.send("yy\r")
	c.see("删除全部记录？ [y/N]")
	c.send("n")
	c.hear("deleted false")
	c.leaves(0)
}

func TestInterruptKey(t *testing.T) {
	for _, flow := range []string{"review", "quiz", "ask", "pick"} {
		t.Run(flow, func(t *testing.T) {
			c := start(t, flow, 80, 24)
			c.until("help", func(s string) bool { return len(strings.Fields(s)) > 3 })
			c.send("\x03")
			c.hear("interrupt")
			c.see("复习结束")
			c.leaves(130)
		})
	}
}

func TestSignals(t *testing.T) {
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP} {
		for _, flow := range []string{"review", "ask", "quiz"} {
			t.Run(s.String()+" "+flow, func(t *testing.T) {
				c := start(t, flow, 80, 24)
				c.until("prompt", func(s string) bool { return len(strings.Fields(s)) > 3 })
				if err := c.cmd.Process.Signal(s); err != nil {
					t.Fatal(err)
				}
				c.leaves(max(128+int(s), 130*b2i(s != syscall.SIGHUP)))
			})
		}
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestBusyProgramEnds(t *testing.T) {
	tests := []struct {
		name string
		end  func(c *tty)
	}{
		{"two signals", func(c *tty) {
			for range 2 {
				_ = c.cmd.Process.Signal(syscall.SIGTERM)
				time.Sleep(100 * time.Millisecond)
			}
		}},
		{"one signal and patience", func(c *tty) { _ = c.cmd.Process.Signal(syscall.SIGTERM) }},
		{"three Ctrl-C", func(c *tty) { c.send("\x03\x03\x03") }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := start(t, "busy", 80, 24)
			c.see("开始")
			c.send(" ")
			c.hear("working")
			tt.end(c)
			c.leaves(-1) // by the signal
		})
	}
}

func TestUnplugged(t *testing.T) {
	for _, flow := range []string{"review", "ask", "pick"} {
		t.Run(flow, func(t *testing.T) {
			c := start(t, flow, 80, 24)
			c.until("prompt", func(s string) bool { return len(strings.Fields(s)) > 3 })
			c.slave.Close()
			c.pty.Close()
			select {
			case <-c.exited:
			case <-time.After(patience):
				t.Fatal("the child goes on without a terminal")
			}
			c.hear("eof")
		})
	}
}

func TestPanicRestores(t *testing.T) {
	c := start(t, "panic", 80, 24)
	c.see("答案:")
	c.send("a\r")
	c.hear("a mistake of ours")
	c.leaves(2)
}

func TestSuspend(t *testing.T) {
	c := start(t, "suspend", 80, 24)
	c.see("按空格编辑")
	c.send(" ")
	c.see("editor>")
	c.send("every key\n")
	c.hear(`edited "every key" <nil>`)
	c.see("编辑完了")
	c.send(" ")
	c.hear("kind 0")
	c.leaves(0)
}

// TestStopAndContinue stops what nobody could continue: it does not stop, but it leaves.
func TestStopAndContinue(t *testing.T) {
	for name, stop := range map[string]func(*tty){
		"key":    func(c *tty) { c.send("\x1a") },
		"signal": func(c *tty) { _ = c.cmd.Process.Signal(syscall.SIGTSTP) },
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, "quiz", 80, 24)
			before := c.tidy("请选择：")
			for times := 2; times <= 3; times++ {
				stop(c)
				c.until("as often", func(s string) bool {
					c.mu.Lock()
					defer c.mu.Unlock()
					return strings.Count(string(c.raw), enterScreen) == times
				})
				after := c.tidy("请选择：")
				if !slices.Equal(strings.Split(after, "\n"), strings.Split(before, "\n")) {
					t.Errorf("screen: got\n%s\nwant\n%s", after, before)
				}
			}
			c.send("\x1b[B2")
			c.hear("chose 2")
			c.leaves(0)
		})
	}
}

func TestStopInAShell(t *testing.T) {
	c := start(t, "shell", 80, 24)
	before := c.tidy("请选择：")
	c.send("\x1a")
	c.see("shell$") // echoing and by lines again, or the next would not work
	c.send("fg\n")
	c.hear(`shell read "fg" <nil>`)
	after := c.tidy("请选择：")
	if after != before {
		t.Errorf("screen: got\n%s\nwant\n%s", after, before)
	}
	c.send("2")
	c.hear("chose 2")
	c.leaves(0)
}

func TestScrollByRowWhileWaiting(t *testing.T) {
	c := start(t, "review", 20, 7)
	c.see("按空格显示答案")
	c.send("\x1b[B")
	c.until("second row on top", func(s string) bool { return strings.HasPrefix(rowOf(s, 1), "（photo") })
	c.send("\x1b[A")
	c.until("first row on top", func(s string) bool { return strings.HasPrefix(rowOf(s, 1), "什么是") })
	c.send("q")
	c.leaves(0)
}

func TestClock(t *testing.T) {
	c := start(t, "timed", 40, 15)
	c.see("剩1秒")
	c.send("2")
	c.hear("kind 0")
	c.see("剩0秒")
	c.hear("kind 5\nkind 5")
	c.see("时间到")
	c.send(" ")
	c.hear("then 0")
	c.leaves(0)
}
