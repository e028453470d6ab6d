package textfile

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

const (
	chineseText  = "问题,答案\n大型语言模型的三个主要特征是什么？,“大规模参数、大量训练数据和通用性。”\nTransformer 为什么需要位置编码？,自注意力本身不区分词的先后。\n"
	japaneseText = "質問,答え\n日本の首都はどこですか？,東京です。東京都は関東地方にあります。\n"
)

func TestFromGB18030(t *testing.T) {
	encoded := func(in encoding.Encoding, text string) string {
		raw, err := in.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	long := strings.Repeat(chineseText, 1000)
	for _, test := range []struct {
		name, raw, want string
	}{
		{"Chinese", encoded(simplifiedchinese.GBK, chineseText), chineseText},
		{"one word", encoded(simplifiedchinese.GBK, "注意力"), "注意力"},
		{"a rare character", encoded(simplifiedchinese.GBK, long+"朱镕基"), long + "朱镕基"},
		{"a rare character in few", encoded(simplifiedchinese.GBK, "问题,答案\n朱镕基是谁？,前总理\n"), "问题,答案\n朱镕基是谁？,前总理\n"},
		{"rare characters only", encoded(simplifiedchinese.GBK, "镕喆"), ""},
		{"punctuation only", encoded(simplifiedchinese.GBK, "“a”，b"), ""},
		{"UTF-8", chineseText, ""},
		{"ASCII", "front,back\n", ""},
		{"UTF-8 that is cut", chineseText[:100], ""},
		{"traditional", encoded(traditionalchinese.Big5, "問題,答案\n大型語言模型的三個主要特徵是什麼？,參數\n"), ""},
		{"Korean", encoded(korean.EUCKR, "질문,답\n대한민국의 수도는 어디입니까?,서울특별시입니다. 한강이 그 가운데를 흐릅니다.\n"), ""},
		{"Japanese", encoded(japanese.EUCJP, japaneseText), ""},
		{"Japanese of Windows", encoded(japanese.ShiftJIS, japaneseText), ""},
		{"French", encoded(charmap.Windows1252, "Où est née l'école créée en 1900 ?,À Besançon\n"), ""},
		{"Russian", encoded(charmap.Windows1251, "Столица?,Москва\n"), ""},
		{"control characters", encoded(simplifiedchinese.GBK, "注意力\x00"), ""},
		{"half a character", encoded(simplifiedchinese.GBK, chineseText) + "\xc4", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, ok := FromGB18030([]byte(test.raw)); ok != (test.want != "") || string(got) != test.want {
				t.Errorf("got %.100q, %v, want %.100q", got, ok, test.want)
			}
		})
	}
}
