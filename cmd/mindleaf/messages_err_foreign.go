package main

// chineseForeignErrors are what comes from elsewhere: from cobra and pflag of the
// command line, from the parser of TOML of the settings, and from the system.
func chineseForeignErrors() map[string]string {
	return map[string]string{
		"unknown flag: --%s":                                "没有选项 --%s",
		"unknown shorthand flag: %q in -%s":                 "没有选项 %q（在 -%s 中）",
		"flag needs an argument: --%s":                      "选项 --%s 需要一个值",
		"flag needs an argument: %q in -%s":                 "选项 %q 需要一个值（在 -%s 中）",
		"invalid argument %q for %q flag: %v":               "值 %q 不能用于选项 %q：%v",
		"bad flag syntax: %s":                               "选项写法有误：%s",
		"unknown command %q for %q":                         "没有命令 %q（在 %q 中）",
		"%s --help":                                         "%s --help",
		"strconv.ParseInt: parsing %q: invalid syntax":      "%q 不是整数",
		"strconv.ParseInt: parsing %q: value out of range":  "%q 超出范围",
		"strconv.ParseUint: parsing %q: invalid syntax":     "%q 不是非负整数",
		"strconv.ParseUint: parsing %q: value out of range": "%q 超出范围",
		"strconv.ParseBool: parsing %q: invalid syntax":     "%q 不是 true 或 false",
		"time: invalid duration %q":                         "%q 不是 20m 这样的时间",
		"time: missing unit in duration %q":                 "%q 缺少单位，例如 20m",
		"time: unknown unit %q in duration %q":              "不认识的单位 %q（在 %q 中）",

		"open %s: %w":                  "打开 %s：%w",
		"read %s: %w":                  "读取 %s：%w",
		"write %s: %w":                 "写入 %s：%w",
		"mkdir %s: %w":                 "建立文件夹 %s：%w",
		"stat %s: %w":                  "查看 %s：%w",
		"rename %s %s: %w":             "把 %s 改名为 %s：%w",
		"no such file or directory":    "没有这个文件或文件夹",
		"permission denied":            "没有权限",
		"file exists":                  "文件已存在",
		"file already exists":          "文件已存在",
		"is a directory":               "是文件夹",
		"not a directory":              "不是文件夹",
		"no space left on device":      "磁盘空间不足",
		"read-only file system":        "文件系统只读",
		"file name too long":           "文件名太长",
		"input/output error":           "读写出错",
		"invalid argument":             "参数无效",
		"broken pipe":                  "管道已断开",
		"unexpected end of JSON input": "JSON 在中间断了",
		"context canceled":             "已中断",

		"too many levels of symbolic links": "符号链接转来转去，没有尽头",
	}
}
