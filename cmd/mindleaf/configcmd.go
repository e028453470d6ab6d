package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

func newConfigCommand(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "config",
		Short: "Show and change settings",
		Long:  "Settings are kept in a TOML file; mindleaf config path names it.",
	}
	list := &cobra.Command{
		Use: "list", Short: "List the settings with their values", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.runConfigList() },
	}
	list.Flags().BoolVar(&a.json, "json", false, "print JSON")
	get := &cobra.Command{
		Use: "get KEY", Short: "Print one setting", Args: cobra.ExactArgs(1), ValidArgs: settingKeys(),
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := findSetting(args[0])
			if err != nil {
				return err
			}
			if _, err := readConfig(a.places.config); err != nil {
				return err
			}
			fmt.Fprintln(a.stdout, s.get(a.config))
			return nil
		},
	}
	set := &cobra.Command{
		Use: "set KEY VALUE", Short: "Change one setting", Args: cobra.ExactArgs(2), ValidArgs: settingKeys(),
		RunE: func(_ *cobra.Command, args []string) error { return a.writeSetting(args[0], args[1]) },
	}
	set.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		return withHint(usageError{err}, "a value that begins with - goes behind --, such as mindleaf config set -- KEY -1")
	})
	path := &cobra.Command{
		Use: "path", Short: "Print where the settings are kept", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if a.places.config == "" {
				return a.wrong
			}
			fmt.Fprintln(a.stdout, a.places.config)
			return nil
		},
	}
	c.AddCommand(list, get, set, path)
	return c
}

func (a *app) runConfigList() error {
	c, err := readConfig(a.places.config)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(c)
	}
	for _, s := range append(settings, c.deckSettings()...) {
		value := s.get(c)
		if s.quoted {
			value = fmt.Sprintf("%q", value)
		}
		fmt.Fprintf(a.stdout, "%s = %s\n    %s\n", s.key, value, a.help(s.about))
	}
	return nil
}

// writeSetting changes one line of the settings file and leaves the rest as it
// is. A value that would not be read back is refused.
func (a *app) writeSetting(key, value string) error {
	s, err := findSetting(key)
	if err != nil {
		return err
	}
	if err := s.check(value); err != nil {
		return usagef("%s: %w", key, err)
	}
	if a.places.config == "" {
		return a.wrong
	}
	key = s.key
	old, err := readSettings(a.places.config)
	if err != nil {
		return err
	}
	text := setKey(old, key, value, s.quoted)
	if _, err := parseConfig(a.places.config, text); err != nil {
		return err
	}
	return writeFile(a.places.config, strings.NewReader(text))
}
