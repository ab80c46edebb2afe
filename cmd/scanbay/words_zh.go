package main

import (
	"fmt"
	"strings"

	"scanbay/store"
)

// chinese is the catalogue in Simplified Chinese.
type chinese struct{}

func (chinese) Trouble(problem, remedy string) string { return problem + "。" + remedy + "。" }
func (chinese) NoTerminal() string {
	return "需要终端（键盘和屏幕）。请在终端窗口里启动。"
}
func (chinese) NoSerial(text string) string {
	return fmt.Sprintf("%q 不是串口。请写成 路径 或 路径,波特率，例如 /dev/ttyACM0,9600。", text)
}
func (chinese) NoSize(text string) string {
	return fmt.Sprintf("%q 不是尺寸。请写成 宽x高，例如 20x16。", text)
}
func (chinese) Crashed(log string) string {
	return "程序自身出错而停止。已应答的扫描都已保存。请重新启动，并把 " + log + " 发给厂家。"
}
func (chinese) Taken(rows, taken, same, known, skipped int64) string {
	out := fmt.Sprintf("共 %d 行，导入 %d", rows, taken)
	for _, x := range []struct {
		n    int64
		text string
	}{{same, "无变化"}, {known, "已有订单"}, {skipped, "略过行"}} {
		if x.n > 0 {
			out += fmt.Sprintf("，%s %d", x.text, x.n)
		}
	}
	return out + "。"
}
func (chinese) Before() string               { return "以前导入过，本次未作改动。" }
func (chinese) Unused(columns string) string { return "未使用的列：" + columns }
func (chinese) More(n int64) string          { return fmt.Sprintf("另有 %d 处问题", n) }
func (chinese) NotTaken(files []string) string {
	out := files[0] + " 未导入任何内容。请改正后重新导入。"
	if len(files) > 1 {
		out += "未处理：" + strings.Join(files[1:], "、") + "。"
	}
	return out
}
func (chinese) BackedUp(path string) string {
	return path + "：完整副本。请存到另一台设备。"
}
func (chinese) Restored(path string) string { return path + " 已恢复。" }
func (chinese) MoveAway(path string) string {
	return "不会覆盖任何文件。请先移走 " + path + " 及旁边的 -wal、-shm 文件，" +
		"或用 --db 恢复成另一个文件名。"
}
func (chinese) PINsAgain() string {
	return "密码需要重新设置：保存密码用的密钥只在本机，不在备份里。" +
		"请用：scanbay import operators 文件（含“密码”列）。"
}
func (chinese) Whole(events int64) string {
	return fmt.Sprintf("共 %d 个事件，日志链完整，各表与日志一致，账目平衡。", events)
}
func (chinese) ScansKept(n int) string {
	return fmt.Sprintf("%d 次已应答的扫描都在日志中。", n)
}
func (chinese) ScanLost(id store.ScanID) string {
	return fmt.Sprintf("扫描 %s：已应答，但日志中没有", id)
}
func (chinese) NotRight(path string, n int) string {
	return fmt.Sprintf("%s 有 %d 处不对。请勿继续使用，原样保留，并恢复最近的备份。", path, n)
}
func (chinese) DemoHint() []string {
	return []string{"Tab扫对的，Shift+Tab扫错的，F10结束",
		"101、102：密码1234", "900 主管：密码9000"}
}
func (chinese) DemoKept(folder string) string {
	return "演示仓库已保留，继续使用：scanbay demo --keep " + folder
}
