package term

// Words are the texts the prompts show by themselves, in the interface
// language. An empty field means the English text.
type Words struct {
	Position  string // where one is in something longer; two %d
	More      string // items of a list that are not in the window; %s counts them
	NoResults string // a search without hits
	Search    string // before the text of a search
	Yes, No   string // letters that mean yes and no; the first one is shown
	Choice    string // line by line: asks for a number; the smallest and the largest
	Unknown   string // line by line: the line was not understood
	EmptyLine string // line by line: how to get from a text to the keys
	// The help row ends with these; two spaces part what may be left out.
	HelpList string // keys of a list
	HelpFind string // keys of a list that can be searched
	HelpText string // keys of a text
}

// English returns the words in English.
func English() Words {
	return Words{
		Position:  "[%d/%d]",
		More:      "%s more",
		NoResults: "No results",
		Search:    "Search: ",
		Yes:       "y",
		No:        "n",
		Choice:    "Number (%d-%d)",
		Unknown:   "not understood",
		EmptyLine: "An empty line leads to the keys.",
		HelpList:  "↑↓ Enter",
		HelpFind:  "↑↓ Enter  / search",
		HelpText:  "Enter done  Esc back",
	}
}

// Chinese returns the words in Chinese. Yes and no may also be typed as 是, 否.
func Chinese() Words {
	return Words{
		Position:  "[%d/%d]",
		More:      "%s 项",
		NoResults: "没有结果",
		Search:    "搜索：",
		Yes:       "y是",
		No:        "n否",
		Choice:    "编号（%d-%d）",
		Unknown:   "没有看懂",
		EmptyLine: "空行可以看到按键。",
		HelpList:  "↑↓ Enter",
		HelpFind:  "↑↓ Enter  / 搜索",
		HelpText:  "Enter 提交  Esc 返回",
	}
}

// orEnglish returns w with its empty fields filled in.
func (w Words) orEnglish() Words {
	e := English()
	fields := []struct{ have, english *string }{
		{&w.Position, &e.Position},
		{&w.More, &e.More},
		{&w.NoResults, &e.NoResults},
		{&w.Search, &e.Search},
		{&w.Yes, &e.Yes},
		{&w.No, &e.No},
		{&w.Choice, &e.Choice},
		{&w.Unknown, &e.Unknown},
		{&w.EmptyLine, &e.EmptyLine},
		{&w.HelpList, &e.HelpList},
		{&w.HelpFind, &e.HelpFind},
		{&w.HelpText, &e.HelpText},
	}
	for _, f := range fields {
		if *f.have == "" {
			*f.have = *f.english
		}
	}
	return w
}
