package mindmap

import (
	"strings"
	"testing"
)

func TestKityMinder(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"tree", `{"root":{"data":{"id":"c","created":1649573734059,"text":"题"},"children":[{"data":{"text":"甲"},"children":[{"data":{"text":"乙"},"children":[]}]},{"data":{"text":"丙"}}]},"template":"default","theme":"fresh-blue","version":"1.4.43"}`, "题\n 甲\n  乙\n 丙\n"},
		{"old file", `{"data":{"text":"题"},"children":[{"data":{"text":"甲"}}],"version":"1.1"}`, "题\n 甲\n"},
		{"children first", `{"root":{"children":[{"data":{"text":"甲"}}],"data":{"text":"题"}}}`, "题\n 甲\n"},
		{"notes and lines", `{"root":{"data":{"text":"题"},"children":[{"data":{"note":"# 一\n\n二","text":"光合\n作用","expandState":"expand","priority":1,"progress":3}}]}}`, "题\n 光合 作用 | # 一 /  / 二\n"},
		{"links and tags", `{"root":{"data":{"text":"题"},"children":[{"data":{"text":"甲","hyperlink":"http://e.org","hyperlinkTitle":"","resource":["重要"],"note":null}}]}}`, "题\n 甲 | http://e.org / #重要\n"},
		{"simple-mind-map", `{"layout":"logicalStructure","root":{"data":{"text":"<p><span>题</span></p>","richText":true,"generalization":{"text":"总"}},"children":[{"data":{"text":"<p>a &lt; <strong>b</strong></p>","richText":true,"tag":["t",{"text":"u v"}],"generalization":[{"text":"合"}],"image":""},"children":[]}]},"theme":{"template":"x","config":{}},"view":null}`, "题\n 总\n a < b | #t #u_v\n  合\n"},
		{"markup in a plain text", `{"root":{"data":{"text":"题"},"children":[{"data":{"text":"<p>a</p>"}}]}}`, "题\n <p>a</p>\n"},
		{"odd values", `{"root":{"data":{"text":"题"},"children":[{"data":{"text":42}},null,"x",{"data":[{"text":"no"}]},{"data":{"text":{"a":[1]}},"children":{}},{"data":{"text":"甲","resource":null}}]}}`, "题\n 42\n 甲\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := mustRead(t, "a", test.in)
			wantTree(t, m, test.want)
			wantFormat(t, m, KityMinder)
		})
	}
}

func TestKityMinderPictures(t *testing.T) {
	m := mustRead(t, "我的.km", `{"root":{"data":{"text":"","note":"注"},"children":[{"data":{"text":"","image":"http://e.org/a.png"}},{"data":{"text":"甲","image":"b.png"}}]}}`)
	wantTree(t, m, "我的 | 注\n 甲\n")
	wantWarnings(t, m, "1 topic with nothing but a picture left out")
}

func TestKityMinderPositions(t *testing.T) {
	in := "{\n \"root\": {\"data\": {\"text\": \"题\"}, \"children\": [\n  {\"data\": {\"text\": \"中\"}}, {\"data\": {\"text\": \"文\"}}]}}"
	m := mustRead(t, "a.km", in)
	wantPlaces(t, m, "2:10 题", "3:3 中", "3:28 文")
}

func TestKityMinderErrors(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", "a.km:1:1: broken JSON: ends in the middle"},
		{"cut off", "{\"root\":\n{\"data\":{", "a.km:2:10: broken JSON: ends in the middle"},
		{"no JSON", "words", "a.km:1:1: broken JSON: invalid character 'w' looking for beginning of value"},
		{"a comma too many", "{\"root\":{\"data\":{\"text\":\"题\"},\n\"children\":[{},]}}", "a.km:2:16: broken JSON: invalid character ']' looking for beginning of value"},
		{"two values", "{\"root\":{\"data\":{\"text\":\"题\"}}}\n{}", "a.km:2:1: broken JSON: more after the end of the map"},
		{"gbk", "{\"root\":{\"data\":{\"text\":\"\xd6\xd0\"}}}", "a.km:1:26: not valid UTF-8"},
		{"no texts", `{"root":{"data":{},"children":[]}}`, "a.km: no topics with a text"},
		{"an array", `[]`, "a.km: no topics with a text"},
		{"deep", `{"root":` + strings.Repeat(`{"data":{"text":"x"},"children":[`, 201), "a.km:1:6609: nested more than 200 levels deep"},
		{"deep values", `{"root":` + strings.Repeat(`{"children":[`, 1000), "a.km:1:2609: nested more than 200 levels deep"},
		{"deep nothing", `{"x":` + strings.Repeat(`[`, 1_000_000), "a.km:1:1000006: broken JSON: ends in the middle"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Read("a.km", strings.NewReader(test.in))
			wantRefused(t, err, test.want)
		})
	}
}
