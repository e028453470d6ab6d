package tomlfile

// syntaxRule puts a message of the TOML parser, known by how it begins, in
// plain words. In its message %got is what stands at the place shown and %name
// the key that the parser names.
type syntaxRule struct {
	prefix        string
	at            place
	message, hint string
}

const (
	lineHint    = `a line is key = "text"; text of several lines goes between """ and """`
	valueHint   = `put text in quotes: front = "…"`
	numberHint  = "put it in quotes if it is text"
	hexHint     = `write \\ for a backslash, or put the text in single quotes: '…'`
	unquoted    = "%got is not in quotes"
	listHint    = "close the list before it with ]"
	oneFormHint = "write all of them with double brackets: [[card]], [[leaf]]"
	headerHint  = "a header is [deck], [[leaf]], [[leaf.card]] or [[card]] on a line of its own"
)

// syntaxRules is searched from the top; the first rule that matches counts.
var syntaxRules = []syntaxRule{
	{"strings cannot contain newlines", openQuote, "text is not closed on its line",
		`end it with a quote, or put text of several lines between """ and """`},
	{"unexpected EOF; expected '\"\"\"'", openQuote, "text is never closed", `end it with """`},
	{"unexpected EOF; expected \"'''\"", openQuote, "text is never closed", "end it with '''"},
	{"unexpected EOF; expected '\"'", openQuote, "text is never closed", `end it with "`},
	{"unexpected EOF; expected \"'\"", openQuote, "text is never closed", "end it with '"},
	{"unexpected EOF; expected key separator", lastRead, "the line ends after its key", lineHint},
	{"unexpected EOF; expected value", lastRead, "a value is missing at the end of the file", valueHint},
	{"unexpected '\"\"\"\"\"\"'", lastRead, "too many quotes", `write \" for a quote next to """`},
	{"unexpected \"''''''\"", lastRead, "too many quotes", `write the text between """ and """`},
	{"invalid escape", escape, "%got does not stand for anything", hexHint},
	{"expected two hexadecimal", escape, `\x needs two hexadecimal digits`, hexHint},
	{"expected four hexadecimal", escape, `\u needs four hexadecimal digits`, hexHint},
	{"expected eight hexadecimal", escape, `\U needs eight hexadecimal digits`, hexHint},
	{"Escaped character", itemStart, "%name is not a character", hexHint},
	{"expected value but found '\\n'", lastRead, "no value after =", valueHint},
	{"expected value but found \"", itemStart, unquoted, valueHint},
	{"expected value but found", lastRead, "a value cannot start with %got", valueHint},
	{"expected '.' or '='", lastRead, "expected = but found %got", lineHint},
	{"expected a top-level item to end", lastRead, "expected the end of the line but found %got",
		`a quote inside text is written \", and each key has a line of its own`},
	{"expected a comma (',') or array terminator (']'), but got end of file", fileEnd,
		"expected a comma or ] but found %got", listHint},
	{"expected a comma (',') or array", lastRead, "expected a comma or ] but found %got",
		`a list is ["…", "…"]`},
	{"expected a comma or an inline table terminator '}', but got end of file", fileEnd,
		"expected a comma or } but found %got", "close the table with }"},
	{"expected a comma or an inline", lastRead, "expected a comma or } but found %got",
		`a table in braces is { text = "…", why = "…" }`},
	{"unexpected comma", lastRead, "nothing before the comma", "fill it in or remove the comma"},
	{"unexpected '='", lastRead, "expected a key but found %got", lineHint},
	{"unexpected '.'", lastRead, "a key cannot start with a dot", lineHint},
	{"expected end of table array name", lastRead, "expected ]] but found %got", headerHint},
	{"expected '.' or ']'", lastRead, "expected ] but found %got", headerHint},
	{"unexpected end of table name", itemStart, "header is empty", headerHint},
	{"unexpected table separator", itemStart, "header starts with a dot", headerHint},
	{"Key 'card' has already", itemStart, "[card] is there already", "write [[card]] with double brackets for every card"},
	{"Key 'leaf' has already", itemStart, "[leaf] is there already", "write [[leaf]] with double brackets for every leaf"},
	{"Key 'leaf.card' has already", itemStart, "[leaf.card] is there already",
		"write [[leaf.card]] with double brackets for every card"},
	{"Key 'deck' has already", itemStart, "[deck] is there already", "a file holds one deck: put its keys together under one [deck]"},
	{"Key 'card' was already created and", itemStart, "card is there already in another form", oneFormHint},
	{"Key 'leaf' was already created and", itemStart, "leaf is there already in another form", oneFormHint},
	{"Key '", itemStart, "%name is there already", "remove one of the two, or start a new card above it with its own header"},
	{"Invalid integer", itemStart, "%got is not a number", numberHint},
	{"Invalid float", itemStart, "%got is not a number", numberHint},
	{"invalid float", itemStart, "%got is not a number", numberHint},
	{"invalid datetime", itemStart, "%got is not a date", numberHint},
	{"floats must start", lastRead, "a number cannot start with a dot", numberHint},
	{"expected a digit", itemStart, "%got is not a number", numberHint},
	{"cannot use sign", itemStart, "%got is not a number", numberHint},
	{"unexpected EOF", lastRead, "the file ends in the middle of a line", lineHint},
	{"not a ", itemStart, "%got is not a number", numberHint},
}
