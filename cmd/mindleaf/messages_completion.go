package main

// chineseCompletion is the help of help and completion, which cobra brings along.
func chineseCompletion() map[string]string {
	return map[string]string{
		"Help about any command": "查看任何命令的说明",
		`Help provides help for any command in the application.
Simply type mindleaf help [path to command] for full details.`: `help 显示任何一个命令的说明。
输入 mindleaf help 和命令的名称即可。`,
		"Generate the autocompletion script for the specified shell": "为指定的 shell 生成自动补全脚本",
		`Generate the autocompletion script for mindleaf for the specified shell.
See each sub-command's help for details on how to use the generated script.
`: `为指定的 shell 生成 mindleaf 的自动补全脚本。
脚本怎样使用，见各个子命令的说明。
`,
		"disable completion descriptions":                   "补全时不显示说明",
		"Generate the autocompletion script for bash":       "为 bash 生成自动补全脚本",
		"Generate the autocompletion script for fish":       "为 fish 生成自动补全脚本",
		"Generate the autocompletion script for powershell": "为 powershell 生成自动补全脚本",
		"Generate the autocompletion script for zsh":        "为 zsh 生成自动补全脚本",
		`Generate the autocompletion script for the bash shell.

This script depends on the 'bash-completion' package.
If it is not installed already, you can install it via your OS's package manager.

To load completions in your current shell session:

	source <(mindleaf completion bash)

To load completions for every new session, execute once:

#### Linux:

	mindleaf completion bash > /etc/bash_completion.d/mindleaf

#### macOS:

	mindleaf completion bash > $(brew --prefix)/etc/bash_completion.d/mindleaf

You will need to start a new shell for this setup to take effect.
`: `为 bash 生成自动补全脚本。

脚本依赖 bash-completion 软件包。如果还没有安装，可以用系统的包管理器安装。

在当前的 shell 里启用补全：

	source <(mindleaf completion bash)

在以后每个 shell 里启用补全，执行一次：

#### Linux：

	mindleaf completion bash > /etc/bash_completion.d/mindleaf

#### macOS：

	mindleaf completion bash > $(brew --prefix)/etc/bash_completion.d/mindleaf

重新打开 shell 后生效。
`,
		`Generate the autocompletion script for the fish shell.

To load completions in your current shell session:

	mindleaf completion fish | source

To load completions for every new session, execute once:

	mindleaf completion fish > ~/.config/fish/completions/mindleaf.fish

You will need to start a new shell for this setup to take effect.
`: `为 fish 生成自动补全脚本。

在当前的 shell 里启用补全：

	mindleaf completion fish | source

在以后每个 shell 里启用补全，执行一次：

	mindleaf completion fish > ~/.config/fish/completions/mindleaf.fish

重新打开 shell 后生效。
`,
		`Generate the autocompletion script for powershell.

To load completions in your current shell session:

	mindleaf completion powershell | Out-String | Invoke-Expression

To load completions for every new session, add the output of the above command
to your powershell profile.
`: `为 powershell 生成自动补全脚本。

在当前的 shell 里启用补全：

	mindleaf completion powershell | Out-String | Invoke-Expression

要在以后每个 shell 里启用补全，把上面命令的输出加到 powershell 的配置文件里。
`,
		`Generate the autocompletion script for the zsh shell.

If shell completion is not already enabled in your environment you will need
to enable it.  You can execute the following once:

	echo "autoload -U compinit; compinit" >> ~/.zshrc

To load completions in your current shell session:

	source <(mindleaf completion zsh)

To load completions for every new session, execute once:

#### Linux:

	mindleaf completion zsh > "${fpath[1]}/_mindleaf"

#### macOS:

	mindleaf completion zsh > $(brew --prefix)/share/zsh/site-functions/_mindleaf

You will need to start a new shell for this setup to take effect.
`: `为 zsh 生成自动补全脚本。

如果还没有启用 shell 补全，先执行一次：

	echo "autoload -U compinit; compinit" >> ~/.zshrc

在当前的 shell 里启用补全：

	source <(mindleaf completion zsh)

在以后每个 shell 里启用补全，执行一次：

#### Linux：

	mindleaf completion zsh > "${fpath[1]}/_mindleaf"

#### macOS：

	mindleaf completion zsh > $(brew --prefix)/share/zsh/site-functions/_mindleaf

重新打开 shell 后生效。
`,
	}
}
