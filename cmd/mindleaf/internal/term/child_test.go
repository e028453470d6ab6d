//go:build unix

package term

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// The tests of the console run this binary again as a program in a terminal of
// their own: promptui always works on the real standard input.
const childVariable = "MINDLEAF_TERM_CHILD"

func TestMain(m *testing.M) {
	switch flow := os.Getenv(childVariable); flow {
	case "":
		os.Exit(m.Run())
	case "shell":
		os.Exit(runShell())
	default:
		os.Exit(runChild(flow))
	}
}

// runShell runs the quiz as a job in the foreground. When it stops, the shell
// has the terminal until a line is typed.
func runShell() int {
	signal.Ignore(syscall.SIGTTOU)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"=quiz")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Foreground: true}
	if err := cmd.Start(); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		return 2
	}
	job := cmd.Process.Pid
	for {
		var ws syscall.WaitStatus
		if _, err := syscall.Wait4(job, &ws, syscall.WUNTRACED, nil); err != nil || !ws.Stopped() {
			return ws.ExitStatus()
		}
		foreground(syscall.Getpgrp())
		fmt.Print("shell$ ")
		var line string
		_, err := fmt.Scanln(&line)
		fmt.Fprintf(os.Stderr, "shell read %q %v\n", line, err)
		foreground(job)
		_ = syscall.Kill(-job, syscall.SIGCONT)
	}
}

// foreground gives the terminal to a process group.
func foreground(group int) {
	if err := unix.IoctlSetPointerInt(0, unix.TIOCSPGRP, group); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
	}
}

// child is a small program that talks with the learner. What it learned goes
// to standard error, which is not the terminal.
type child struct {
	*Console
	code int
}

func (c *child) report(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
}

// done reports whether o ends the program, which then has its exit code.
func (c *child) done(o Outcome, err error) bool {
	switch {
	case err != nil:
		c.report("error: %v", err)
		c.code = 1
	case o.Kind == Interrupt:
		c.report("interrupt")
		c.code = 130
	case o.Kind == EOF:
		c.report("eof")
	default:
		return false
	}
	return true
}

var flows = map[string]func(*child){
	"review":  (*child).review,
	"quiz":    (*child).quiz,
	"ask":     (*child).ask,
	"pick":    (*child).pick,
	"confirm": (*child).confirm,
	"long":    (*child).long,
	"busy":    (*child).busy,
	"panic":   (*child).panics,
	"suspend": (*child).suspends,
	"many":    (*child).many,
	"timed":   (*child).timed,
}

func runChild(flow string) int {
	var code int
	c, err := Open(Options{
		In: os.Stdin, Out: os.Stdout, Words: Chinese(), Color: os.Getenv("NO_COLOR") == "",
		OnSignal: func(s os.Signal) {
			if n, ok := s.(syscall.Signal); ok {
				code = 128 + int(n)
			}
		},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		return 2
	}
	defer c.Close()
	p := &child{Console: c}
	flows[flow](p)
	if err := c.Close(); err != nil {
		p.report("error: %v", err)
		return 1
	}
	fmt.Println("复习结束")
	return max(code, p.code)
}

var questions = []string{
	"什么是光合作用（photosynthesis）？请写出总反应式，并说明光反应与暗反应的关系。",
	"Transformer 为什么需要 **Positional Encoding**？",
	"“自注意力”的时间复杂度是多少？用 `O(n²d)` 这样的记号回答。",
	"什么是 KV cache？",
	"RLHF 分哪三步？",
	"温度（temperature）参数有什么作用？",
}

const answerText = "光合作用是绿色植物利用叶绿素等光合色素，把二氧化碳和水变成有机物，并释放氧气的过程。\n" +
	"- 光反应：在类囊体薄膜上，水的光解产生 [H] 和 ATP。\n- 暗反应：在叶绿体基质中，CO₂ 被固定并还原。"

var grades = []Item{{"重来", "<1天"}, {"困难", ""}, {"良好", "6天"}, {"简单", ""}}

var reviewKeys = []Key{
	{'u', "undo", "撤销"}, {'s', "skip", "跳过"}, {'x', "suspend", "暂停"},
	{'e', "edit", "编辑"}, {'?', "help", "帮助"}, {'q', "quit", "退出"},
}

func reviewView(n int, revealed bool) View {
	v := View{
		Status: []string{"复习 · 生物/光合作用", fmt.Sprintf("%d/6", n+1), "新5 学2 复18"},
		Body:   []Block{{Question, questions[n]}},
		Keys:   reviewKeys,
	}
	if revealed {
		v.Body = append(v.Body, Block{Kind: Rule}, Block{AnswerText, answerText},
			Block{Note, "没有它，打乱词序后的输出只是同样地被打乱。"}, Block{Source, "Vaswani et al. 2017"})
	}
	return v
}

func (c *child) review() {
	for n := 0; n < len(questions); n++ {
		o, err := c.WaitKey(reviewView(n, false), "按空格显示答案")
		switch {
		case c.done(o, err):
			return
		case o.Kind != Answer:
			c.report("%d: %v %s", n+1, o.Kind, o.Command)
			if o.Command == "quit" || o.Kind == Back {
				return
			}
			continue
		}
		time.Sleep(10 * time.Millisecond) // as if something were to be read
		o, err = c.Choose(reviewView(n, true), "这张卡记得怎样？", grades, 2)
		switch {
		case c.done(o, err):
			return
		case o.Kind != Answer:
			c.report("%d: %v %s", n+1, o.Kind, o.Command)
			return
		}
		c.report("%d: grade %d", n+1, o.Index+1)
		c.Notice(grades[o.Index].Label + " · u 撤销")
		time.Sleep(10 * time.Millisecond) // as if something were written
	}
}

var options = []Item{
	{"光合作用的光反应发生在类囊体薄膜上，暗反应发生在叶绿体基质中，二者相互依存，缺一不可，共同完成能量转换。", ""},
	{"光合作用只在白天进行，因此植物在夜间既不进行呼吸作用，也不消耗任何有机物，只是静静地休息。", ""},
	{"ATP synthase 位于线粒体外膜 outer membrane 上，利用质子梯度 proton gradient 合成 ATP。", ""},
	{"叶绿素只吸收绿光。", ""},
}

func (c *child) quiz() {
	v := View{Status: []string{"测验 · 生物/光合作用", "1/10"}, Body: []Block{{Question, questions[0]}}}
	o, err := c.Choose(v, "请选择：", options, 0)
	if !c.done(o, err) {
		c.report("chose %d kind %d", o.Index+1, o.Kind)
	}
}

func (c *child) ask() {
	v := View{Status: []string{"测验 · 填空"}, Body: []Block{{Question, questions[0]}}}
	o, err := c.Ask(v, "答案:", "", func(s string) error {
		if strings.TrimSpace(s) == "" {
			return errors.New("请写一点什么")
		}
		return nil
	})
	if !c.done(o, err) {
		c.report("text %q kind %d", o.Text, o.Kind)
	}
}

func (c *child) pick() {
	var items []Item
	for i := range 200 {
		items = append(items, Item{fmt.Sprintf("第%d节 注意力机制", i+1), fmt.Sprintf("%d 张", i)})
	}
	o, err := c.Choose(View{Status: []string{"选择小节"}}, "小节", items, 100)
	if !c.done(o, err) {
		c.report("chose %d kind %d", o.Index+1, o.Kind)
	}
}

func (c *child) confirm() {
	o, err := c.WaitKey(View{Body: []Block{{Question, "准备好了吗？"}}}, "按空格继续")
	if c.done(o, err) {
		return
	}
	c.report("working")
	time.Sleep(300 * time.Millisecond) // time to type ahead
	yes, o, err := c.Confirm(View{}, "删除全部记录？", true)
	if !c.done(o, err) {
		c.report("deleted %v", yes)
	}
}

func (c *child) long() {
	var lines []string
	for i := range 60 {
		lines = append(lines, fmt.Sprintf("第%d行 内容", i+1))
	}
	v := View{Status: []string{"长卡"}, Body: []Block{{Question, strings.Join(lines, "\n")}}}
	o, err := c.Choose(v, "怎样？", grades, 2)
	if !c.done(o, err) {
		c.report("grade %d", o.Index+1)
	}
}

// busy is a program that does not listen.
func (c *child) busy() {
	o, err := c.WaitKey(View{}, "开始")
	if c.done(o, err) {
		return
	}
	c.report("working")
	time.Sleep(time.Hour)
}

func (c *child) panics() {
	_, _ = c.Ask(View{}, "答案:", "", func(string) error { panic("a mistake of ours") })
}

// suspends lends the terminal to a program that reads a line.
func (c *child) suspends() {
	o, err := c.WaitKey(View{}, "按空格编辑")
	if c.done(o, err) {
		return
	}
	var out strings.Builder
	err = c.Suspend(func() error {
		cmd := exec.Command("sh", "-c", "printf 'editor> '; read line; printf '%s' \"$line\" >&2")
		cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, &out
		return cmd.Run()
	})
	c.report("edited %q %v", out.String(), err)
	o, err = c.WaitKey(View{}, "编辑完了")
	if !c.done(o, err) {
		c.report("kind %d", o.Kind)
	}
}

// many shows prompts one after the other as fast as they are answered.
func (c *child) many() {
	signal.Ignore(syscall.SIGPIPE)
	for n := range 50 {
		o, err := c.Choose(View{Body: []Block{{Question, fmt.Sprintf("第%d题", n+1)}}}, "怎样？", grades, 2)
		if c.done(o, err) {
			return
		}
		fmt.Fprint(os.Stderr, o.Index+1)
	}
	c.report("")
}

// timed asks three times with a clock that runs out in the second prompt, and
// once without.
func (c *child) timed() {
	end := time.Now().Add(1200 * time.Millisecond)
	v := View{Status: []string{"考试", "1/3"}, Body: []Block{{Question, "第1题"}}, Clock: func() (string, bool) {
		left := time.Until(end)
		return fmt.Sprintf("剩%d秒", int(left/time.Second)), left <= 0
	}}
	items := []Item{{Label: "甲"}, {Label: "乙"}, {Label: "丙"}}
	for range 3 {
		o, err := c.Choose(v, "", items, 0)
		if c.done(o, err) {
			return
		}
		c.report("kind %d", o.Kind)
	}
	o, err := c.WaitKey(View{Status: []string{"结果"}, Body: []Block{{Question, "时间到"}}}, "")
	if !c.done(o, err) {
		c.report("then %d", o.Kind)
	}
}
