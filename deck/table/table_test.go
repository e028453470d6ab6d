package table

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/mindleaf/mindleaf/deck"
)

// shown writes what was read one card a line, for comparing.
func shown(decks []*deck.Deck) string {
	var b strings.Builder
	for _, d := range decks {
		fmt.Fprintf(&b, "deck %q\n", d.Title)
		for _, l := range d.Leaves {
			for _, e := range l.Entries {
				fmt.Fprintf(&b, "%v %q %q", e.Kind, e.Front, e.Back)
				for _, s := range []struct{ name, value string }{
					{"note", e.Note}, {"source", e.Source}, {"tags", strings.Join(e.Tags, ",")}, {"path", strings.Join(l.Path, "/")},
					{"leaf", l.Text}, {"level", l.Level.String()}, {"media", strings.Join(e.Media, ",")}, {"accept", strings.Join(e.Accept, ",")},
				} {
					if s.value != "" {
						fmt.Fprintf(&b, " %s=%q", s.name, s.value)
					}
				}
				b.WriteString("\n")
			}
		}
	}
	return b.String()
}

// checkOne checks that a table gives the same deck, report and error when its cards
// are not held; twice, for they can be asked for again.
func checkOne(t *testing.T, file, text string, o Options) {
	t.Helper()
	decks, wantReport, wantErr := Parse(file, []byte(text), o)
	one, report, err := ParseOne(file, []byte(text), o)
	if one == nil && err == nil && len(decks) > 1 {
		return
	}
	if diff := cmp.Diff(wantErr, err); diff != "" {
		t.Errorf("one deck: error differs (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(wantReport, report); diff != "" {
		t.Errorf("one deck: report differs (-want +got):\n%s", diff)
	}
	if err != nil {
		return
	}
	for range 2 {
		got := *one.Deck
		for l := range one.Leaves {
			got.Leaves = append(got.Leaves, *l)
		}
		if diff := cmp.Diff(decks, []*deck.Deck{&got}); diff != "" {
			t.Errorf("one deck (-want +got):\n%s", diff)
		}
	}
	for l := range one.Leaves {
		if !cmp.Equal(*l, decks[0].Leaves[0]) {
			t.Errorf("first leaf: got %+v, want %+v", *l, decks[0].Leaves[0])
		}
		break
	}
}

func TestRead(t *testing.T) {
	for _, test := range []struct {
		name, file, text string
		options          Options
		want             string
	}{
		{"tab, as Quizlet exports it", "q.txt", "光合作用\t把光能变成化学能\n叶绿体\t光合作用的场所\n", Options{},
			"basic \"光合作用\" \"把光能变成化学能\"\nbasic \"叶绿体\" \"光合作用的场所\"\n"},
		{"Quizlet with separators of one's own", "q.txt", "RNN - 循环神经网络;;CNN - 卷积\n神经网络", Options{Separator: " - ", RowSeparator: ";;"},
			"basic \"RNN\" \"循环神经网络\"\nbasic \"CNN\" \"卷积\\n神经网络\"\n"},
		{"comma with quotes", "a.csv", "\"问，\"\"引号\"\"\",\"答，\n两行\"\n二,2\n", Options{},
			"basic \"问，\\\"引号\\\"\" \"答，\\n两行\"\nbasic \"二\" \"2\"\n"},
		{"text after a closing quote", "a.csv", "\"a\" b,c\nd,e\n", Options{}, "basic \"a b\" \"c\"\nbasic \"d\" \"e\"\n"},
		{"the comma of the file name, where rows agree", "a.csv", "一, 二;三\n四, 五;六\n", Options{}, "basic \"一\" \"二;三\"\nbasic \"四\" \"五;六\"\n"},
		{"semicolon where commas do not agree", "a.csv", "一, 二;三\n四;六\n", Options{}, "basic \"一, 二\" \"三\"\nbasic \"四\" \"六\"\n"},
		{"pipe", "a.txt", "a|b\nc|d\n", Options{}, "basic \"a\" \"b\"\nbasic \"c\" \"d\"\n"},
		{"header row in any order", "a.csv", "Answer,Question,Tags\nParis,Capital of France?,geo city\n", Options{},
			"basic \"Capital of France?\" \"Paris\" tags=\"geo,city\"\n"},
		{"header row in Chinese", "a.csv", "问题,答案,备注,章节,级别\n一,1,注,甲::乙,beginner\n", Options{},
			"basic \"一\" \"1\" note=\"注\" path=\"甲/乙\" level=\"beginner\"\n"},
		{"no header although it could be one", "a.csv", "front,back\nx,y\n", Options{Header: WithoutHeader}, "basic \"front\" \"back\"\nbasic \"x\" \"y\"\n"},
		{"header by order", "a.csv", "Wort,Sinn\nHaus,房子\n", Options{Header: WithHeader}, "basic \"Haus\" \"房子\"\n"},
		{"columns in order", "a.csv", "x,一,1,注\n", Options{Columns: "-,front,back,note"}, "basic \"一\" \"1\" note=\"注\"\n"},
		{"columns by number", "a.csv", "x,1,一\n", Options{Columns: "front=3,back=2"}, "basic \"一\" \"1\"\n"},
		{"columns by name", "a.csv", "Wort,Sinn,X\nHaus,房子,z\n", Options{Header: WithHeader, Columns: "front=sinn,back=wort"}, "basic \"房子\" \"Haus\"\n"},
		{"other columns go into the note", "a.csv", "Front,Back,note,Tags\n一,1,n,t\n", Options{}, "basic \"一\" \"1\" note=\"n\" tags=\"t\"\n"},
		{"third column without a name", "a.tsv", "一\t1\t旁注\n", Options{}, "basic \"一\" \"1\" note=\"旁注\"\n"},
		{"the separator as spreadsheets are told it", "a.csv", "\uFEFFsep=;\r\nFront;Back\r\n1,5;2\r\n", Options{}, "basic \"1,5\" \"2\"\n"},
		{"byte order mark and CRLF", "a.csv", "\uFEFF一,1\r\n二,2\r\n", Options{}, "basic \"一\" \"1\"\nbasic \"二\" \"2\"\n"},
		{"HTML by its looks", "a.tsv", "一<br>二\t&lt;b&gt;\n", Options{}, "basic \"一\\n二\" \"<b>\"\n"},
		{"no HTML", "a.tsv", "a < b\tx > y\n", Options{}, "basic \"a < b\" \"x > y\"\n"},
		{"Anki cloze without a note type", "a.tsv", "{{c1::巴黎}}是{{c2::法国::国家}}的首都\t注\n", Options{}, "cloze \"{{巴黎}}是{{法国::国家}}的首都\" \"注\"\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			decks, _, err := Read(test.file, strings.NewReader(test.text), test.options)
			if err != nil {
				t.Fatal(err)
			}
			checkOne(t, test.file, test.text, test.options)
			if diff := cmp.Diff("deck \"\"\n"+test.want, shown(decks)); diff != "" {
				t.Errorf("cards differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadAnkiHeaders(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"separator by word", "#separator:Semicolon\na,b;c\n", "deck \"\"\nbasic \"a,b\" \"c\"\n"},
		{"separator by character", "#separator:|\na;b|c\n", "deck \"\"\nbasic \"a;b\" \"c\"\n"},
		{"separator tab written out", "#separator:\\t\na b\tc\n", "deck \"\"\nbasic \"a b\" \"c\"\n"},
		{"space", "#separator:space\nHaus 房子\n", "deck \"\"\nbasic \"Haus\" \"房子\"\n"},
		{"colon", "#separator:colon\nHaus:房子\n", "deck \"\"\nbasic \"Haus\" \"房子\"\n"},
		{"html true", "#separator:tab\n#html:true\n<b>一</b><div>二</div>\t<img src=\"a b.png\">x[sound:r.mp3]\n",
			"deck \"\"\nbasic \"一\\n二\" \"[a b.png]x[r.mp3]\" media=\"a b.png,r.mp3\"\n"},
		{"html false", "#separator:tab\n#html:false\n<b>一</b>\t&lt;\n", "deck \"\"\nbasic \"<b>一</b>\" \"&lt;\"\n"},
		{"tags for all", "#separator:tab\n#tags:a b\n一\t1\n", "deck \"\"\nbasic \"一\" \"1\" tags=\"a,b\"\n"},
		{"tags in a first line", "tags: a\n一\t1\n", "deck \"\"\nbasic \"一\" \"1\" tags=\"a\"\n"},
		{"tags after the fields", "#separator:tab\n一\t1\tx y\n", "deck \"\"\nbasic \"一\" \"1\" tags=\"x,y\"\n"},
		{"columns", "#separator:tab\n#columns:Back\tFront\tTags\n1\t一\tz\n", "deck \"\"\nbasic \"一\" \"1\" tags=\"z\"\n"},
		{"columns with names of one's own", "#separator:tab\n#columns:汉字\t拼音\t例句\n水\tshuǐ\t喝水\n", "deck \"\"\nbasic \"水\" \"shuǐ\" note=\"例句: 喝水\"\n"},
		{"deck and notetype for all", "#separator:tab\n#deck:语言::德语\n#notetype:Basic (and reversed card)\nHaus\t房子\n",
			"deck \"语言\"\nreversed \"Haus\" \"房子\" path=\"德语\"\n"},
		{"columns for guid, notetype, deck and tags",
			"#separator:tab\n#html:false\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n" +
				"g1\tCloze\tA::B\t{{c1::x}} y\t注\tt1 level::advanced\ng2\tBasic\tC\t一\t1\t\ng3\tBasic (type in the answer)\tC\t二\t2\t\n",
			"deck \"A\"\ncloze \"{{x}} y\" \"注\" tags=\"t1\" path=\"B\" level=\"advanced\"\ndeck \"C\"\nbasic \"一\" \"1\"\ntyped \"二\" \"2\"\n"},
		{"keys in capitals, comments between", "# hello\n#SEPARATOR:tab\n#HTML:FALSE\n#if matches:keep both\n一\t1\n# a comment\n二\t2\n",
			"deck \"\"\nbasic \"一\" \"1\"\nbasic \"二\" \"2\"\n"},
		{"optional reversed", "#separator:tab\n#notetype:Basic (optional reversed card)\n#tags column:4\n一\t1\ty\t\n二\t2\t\t\n",
			"deck \"\"\nreversed \"一\" \"1\"\nbasic \"二\" \"2\"\n"},
		{"comma by word", "#separator:Comma\n\"a|b\",c\n", "deck \"\"\nbasic \"a|b\" \"c\"\n"},
		{"pipe by word", "#separator:pipe\na,b|c\n", "deck \"\"\nbasic \"a,b\" \"c\"\n"},
		{"match scope and what is not known", "#separator:tab\n#match scope:notetype + deck\n#something:else\n一\t1\n", "deck \"\"\nbasic \"一\" \"1\"\n"},
		{"braces that are no blank", "#separator:tab\n#notetype:Cloze\n{{ x }} {{c1::a}} {{y\t\n{{ {{c1::b}}\t\n",
			"deck \"\"\ncloze \"{ { x } } {{a}} {{y\" \"\"\ncloze \"{ { {{b}}\" \"\"\n"},
		{"blank in a blank, and on several cards", "#separator:tab\n#notetype:Cloze\n{{c1::a {{c2::b::h}} c}} {{c1,3::d}}\t\n",
			"deck \"\"\ncloze \"{{a b c}} {{d}}\" \"\"\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			decks, _, err := Read("a.txt", strings.NewReader(test.text), Options{})
			if err != nil {
				t.Fatal(err)
			}
			checkOne(t, "a.txt", test.text, Options{})
			if diff := cmp.Diff(test.want, shown(decks)); diff != "" {
				t.Errorf("cards differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadReportsWhatItSkips(t *testing.T) {
	text := "#separator:tab\n#guid column:3\n#columns:Front\tBack\tguid\tExample\n#1\ta\tb\tc\n一\t1\tg\t例\n\tx\t\t\n二\t\t\t\n三\t3\tg\t\n\n" +
		"#2\ta\tb\tc\n# a comment\n{{c1::image-occlusion:rect:left=.1}}\tx\t\t\n四\t4\n"
	decks, report, err := Read("a.txt", strings.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	comment := "it begins with #, which makes it a comment unless it is in quotes"
	want := []Skipped{{4, comment}, {6, "its front is empty"}, {7, "its back is empty"}, {8, "its guid is that of line 5"}, {10, comment},
		{12, "image occlusion cannot be shown in a terminal"}}
	if diff := cmp.Diff(want, report.Skipped); diff != "" {
		t.Errorf("skipped rows differ (-want +got):\n%s", diff)
	}
	if report.Rows != 8 || len(decks[0].Leaves) != 2 {
		t.Errorf("got %d rows and %d cards, want 8 and 2", report.Rows, len(decks[0].Leaves))
	}
	if want := []string{`column "Example" went into the notes of the cards`}; !cmp.Equal(report.Warnings, want) {
		t.Errorf("got warnings %q, want %q", report.Warnings, want)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, test := range []struct {
		name, text, want string
		options          Options
	}{
		{"a quote that never closes", "一,1\n二,\"2\n三,3\n", "a.csv:2:3: a quote opens here and never closes", Options{}},
		{"bytes that are no UTF-8", "一,1\n\xce\xd2,2\n", "a.csv:2:1: not valid UTF-8", Options{}},
		{"a NUL byte", "a,\x00b\n", "a.csv:1:3: has a NUL byte: not a text file, or UTF-16 without its mark", Options{}},
		{"one column", "一\n二\n", "a.csv:1: only one column", Options{}},
		{"too many fields", strings.Repeat("a,", 300) + "\n", "a.csv:1:1: more than 256 fields", Options{}},
		{"a field that is too long", "a,b\nc,\"" + strings.Repeat("长", 30_000) + "\"\n", "a.csv:2: a field has 90000 bytes, more than 65536", Options{}},
		{"a column that is not there", "a,b\n", `a.csv: there is no column "x": the table does not name its columns, so use numbers from 1`, Options{Columns: "front=x,back=2"}},
		{"a role that is none", "a,b\n", `a.csv: "vorne" is no role of a column: use front, back, note, source, tags, guid, deck, section, level, kind, notetype, leaf, choices, accept, media`,
			Options{Columns: "vorne,back"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := Read("a.csv", strings.NewReader(test.text), test.options)
			var bad *Error
			if !errors.As(err, &bad) || bad.Error() != test.want {
				t.Errorf("got error %v, want %s", err, test.want)
			} else if bad.Hint == "" {
				t.Error("the error has no hint")
			}
		})
	}
}

func TestReadUTF16(t *testing.T) {
	for _, big := range []bool{false, true} {
		data := []byte{0xFF, 0xFE}
		if big {
			data = []byte{0xFE, 0xFF}
		}
		for _, u := range utf16.Encode([]rune("一\t𝄞\r\n")) {
			if big {
				data = append(data, byte(u>>8), byte(u))
			} else {
				data = append(data, byte(u), byte(u>>8))
			}
		}
		decks, _, err := Parse("a.txt", data, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := shown(decks), "deck \"\"\nbasic \"一\" \"𝄞\"\n"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestReadIdentities(t *testing.T) {
	read := func(text string) *deck.Deck {
		decks, _, err := Read("a.txt", strings.NewReader(text), Options{ID: "d"})
		if err != nil {
			t.Fatal(err)
		}
		return decks[0]
	}
	d := read("#separator:tab\n#guid column:1\nA/~b\t一\t1\n\t二\t2\n")
	if got := d.Leaves[0].Entries[0].ID; got != "A%2F%7Eb" {
		t.Errorf("got id %q of guid A/~b", got)
	}
	if problems := d.Validate(); d.ID != "d" || len(problems) != 1 || problems[0].Message != "deck has no title" {
		t.Errorf("got deck %q with problems %v, want only its title to be missing", d.ID, problems)
	}
	// Without a guid a card is known by its front, whatever stands around it.
	first, again := read("二\t2\n"), read("新\t0\n二\t改了\n")
	if got, want := again.Leaves[1].Entries[0].ID, first.Leaves[0].Entries[0].ID; got != want || got == "" {
		t.Errorf("got id %q after a change, want %q", got, want)
	}
}

func TestLikely(t *testing.T) {
	for _, test := range []struct {
		name, text         string
		wantLikely, wantOf bool
	}{
		{"a.csv", "一,1\n", true, true},
		{"a.txt", "#separator:tab\n一\t1\n", true, true},
		{"a.txt", "一\t1\n二\t2\n", true, false},
		{"a.txt", "一\t1\n", false, false},
		{"a.md", "# 标题\n\n- 一\n\t- 二\n", false, false},
		{"a.txt", "一、二\n三\n", false, false},
	} {
		if likely, sure := Likely(test.name, []byte(test.text)); likely != test.wantLikely || sure != test.wantOf {
			t.Errorf("Likely(%q, %q) = %v, %v, want %v, %v", test.name, test.text, likely, sure, test.wantLikely, test.wantOf)
		}
	}
}

func TestWriteIsWhatAnkiReads(t *testing.T) {
	d := &deck.Deck{ID: "d", Title: "生物", Leaves: []deck.Leaf{
		{Path: []string{"植物", "光 合"}, Text: "光合作用：把光能变成化学能", Level: deck.Beginner, Entries: []deck.Entry{
			{ID: "a", Front: "什么是\"光合作用\"？", Back: "把光能变成\n化学能", Tags: []string{"重点"}},
			{ID: "b", Kind: deck.Cloze, Front: "{{叶绿体::哪里}}里发生{{光合作用}}"},
		}},
	}}
	var b bytes.Buffer
	if err := Write(&b, d, TSV); err != nil {
		t.Fatal(err)
	}
	want := "#separator:tab\n#html:false\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:7\n" +
		"#columns:guid\tnotetype\tdeck\tfront\tback\tleaf\ttags\n" +
		"a\tBasic\t生物::植物::光 合\t\"什么是\"\"光合作用\"\"？\"\t\"把光能变成\n化学能\"\t光合作用：把光能变成化学能\tlevel::beginner section::植物::光_合 重点\n" +
		"b\tCloze\t生物::植物::光 合\t{{c1::叶绿体::哪里}}里发生{{c2::光合作用}}\t\t光合作用：把光能变成化学能\tlevel::beginner section::植物::光_合\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("table differs (-want +got):\n%s", diff)
	}
}
