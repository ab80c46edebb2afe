package main

// setWords is said where a site decides something.
type setWords interface {
	CannotSet(text string) string
	BadTerm(text, want string) string
}

func (english) CannotSet(text string) string {
	return text + ": nothing is set so. scanbay set --help lists what can be."
}
func (english) BadTerm(text, want string) string {
	return text + ": not a term of a policy. Give another: " + want + "."
}

func (chinese) CannotSet(text string) string {
	return text + "：不能这样设置。可设置的内容见 scanbay set --help。"
}
func (chinese) BadTerm(text, want string) string {
	return text + "：不是退货政策的内容。可填：" + want + "。"
}
