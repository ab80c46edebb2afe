package main

import (
	"errors"
	"fmt"
	"strings"

	"scanbay/store"
	"scanbay/store/intake"
	walks "scanbay/store/walk"
)

// chinese is the catalogue in Simplified Chinese.
type chinese struct{}

func (chinese) Trouble(problem, remedy string) string { return problem + "。" + remedy + "。" }
func (chinese) BadName(name string) string {
	return fmt.Sprintf("仓库和工位不能叫“%s”。名称例如 PACK-1：A-Z、0-9 和 -，最多 16 个字符。"+
		"请换一个。", name)
}
func (chinese) NoTerminal() string {
	return "需要终端（键盘和屏幕）。请在终端窗口里启动。"
}
func (chinese) NoSerial(text string) string {
	return fmt.Sprintf("%q 不是串口。请写成 路径、路径,波特率 或 路径,波特率,协议，"+
		"例如 /dev/ttyACM0,9600,ssi。协议：plain、ssi、honeywell、datalogic、newland。", text)
}
func (chinese) NoScale(text string) string {
	return fmt.Sprintf("%q 不是秤。请写成 路径、路径,波特率 或 路径,波特率,协议，"+
		"例如 /dev/ttyUSB1,9600,xk3190。协议：xk3190（耀华，公斤；后面可加单位 g、t、lb、oz）、"+
		"a12（耀华台秤）、mt-sics（梅特勒-托利多）、and（A&D、CAS）。", text)
}
func (chinese) NoSize(text string) string {
	return fmt.Sprintf("%q 不是尺寸。请写成 宽x高，例如 20x16。", text)
}
func (chinese) Crashed(log string) string {
	return "程序自身出错而停止。已应答的扫描都已保存。请重新启动，并把 " + log + " 发给厂家。"
}
func (chinese) Taken(f intake.FileReport, dry bool) string {
	out := fmt.Sprintf("共 %d 行，导入 %d", f.Rows, f.Taken)
	if dry {
		out = fmt.Sprintf("共 %d 行，可导入 %d（试运行，未记录）", f.Rows, f.Taken)
	}
	for _, x := range []struct {
		n    int64
		text string
	}{{f.Same, "无变化"}, {f.Known, "已有"}, {f.Skipped, "略过行"}} {
		if x.n > 0 {
			out += fmt.Sprintf("，%s %d", x.text, x.n)
		}
	}
	return out + "。"
}
func (chinese) LeftOut(rows int64) string {
	return fmt.Sprintf("有问题的 %d 行未导入。请改正，或先导入所缺的资料，再导入同一文件；"+
		"已导入的不会重复。", rows)
}
func (chinese) Remembered(columns string) string {
	return "列的对应同上次：" + columns + "。如需更改请用 --map。"
}
func (chinese) Rows(done, total int64) string {
	if total == 0 {
		return fmt.Sprintf("已读 %d 行", done)
	}
	return fmt.Sprintf("已导入 %d / %d 行", done, total)
}
func (chinese) NoField(name, kind string, fields []string) string {
	return fmt.Sprintf("--map：%s 没有列 %q。可用：%s。", kind, name, strings.Join(fields, ", "))
}
func (chinese) NoList(path string) string {
	return fmt.Sprintf("--report %q：只能写成CSV或XLSX。请命名为 文件.csv 或 文件.xlsx。", path)
}
func (chinese) Listed(path string) string { return "问题清单已写入 " + path + "。" }
func (chinese) ListHeader() []string {
	return []string{"文件", "行", "列", "内容", "代码", "问题", "处理办法"}
}
func (chinese) HandedOver(db string) string {
	return "工位正在使用 " + db + "，已请它代为导入，请稍候。"
}
func (chinese) NoStation(db string) string {
	return "另一个程序正在使用 " + db + "，且不能代为导入。未导入任何内容。" +
		"请等它结束，或先关闭它，再重新导入。"
}
func (chinese) Withdrawn() string { return "在工位开始之前已停止，未导入任何内容。" }
func (chinese) StationGoesOn() string {
	return "工位仍在继续导入。再次导入相同文件即可查看结果，不会重复导入。"
}
func (chinese) NoRequest() string            { return "请求无法读取，请重新导入文件。" }
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
func (chinese) Routed(r routed) string {
	out := fmt.Sprintf("%s：%v", r.ID, r.Length)
	if r.Optimum != nil {
		out += fmt.Sprintf("，最短 %v（%+g）", *r.Optimum, r.more())
	}
	if !r.Exact {
		out += "，未证明最短"
	}
	return out + fmt.Sprintf("，%v 毫秒", r.MS)
}
func (chinese) RouteSum(s routeSum) string {
	out := fmt.Sprintf("共 %d 条路线", s.Walks)
	if s.Compared > 0 {
		out += fmt.Sprintf("，%d/%d 条达到最短", s.Optimal, s.Compared)
	}
	if s.Walks > 0 {
		out += fmt.Sprintf("，最慢 %v 毫秒（%s）", s.Slowest.MS, s.Slowest.ID)
	}
	return out + "。"
}
func (chinese) RouteStopped() string { return "未完成就已中断，请重新运行。" }
func (chinese) NoRoute(line string, err error) string {
	wrong := new(walks.Error)
	errors.As(err, &wrong)
	switch wrong.Mistake {
	case walks.BadStop:
		return fmt.Sprintf("%s：第 %d 个拣货点（从 0 数）不在库区内。请改正其 aisle、block 或 offset。",
			line, wrong.Stop)
	case walks.NoWay:
		return fmt.Sprintf("%s：按单行巷道走不到第 %d 个拣货点（从 0 数，巷道 %d）或走不回来。"+
			"请放开一条反方向的巷道。", line, wrong.Stop, wrong.Aisle)
	case walks.BadLayout:
		return line + "：没有这样的库区。请改正 aisles、cross_aisles、长度、depot 或 one_way；" +
			"含义见 scanbay route --help。"
	}
	return fmt.Sprintf("%s：不是一条路线（%v）。请按 scanbay route --help 改正这一行。", line, err)
}

func (chinese) NoSeats(operators, terminals int) string {
	return fmt.Sprintf("操作员 %d 人，其中终端 %d 个：至少一人，且不少于终端数。"+
		"请改 --operators 或 --pty。", operators, terminals)
}
func (chinese) NoPTY() string { return "--pty 只能在 Linux 上用。请去掉它再演练。" }
func (chinese) NoTable(file string) string {
	return file + " 不是可读的表格。请另存为 UTF-8 的 CSV 再演练。"
}
func (chinese) NothingToRehearse() string {
	return "文件里没有可拣的商品：每行要有订单号、以数字开头的商品编码、数量和价格。" +
		"列名见 scanbay import --help。"
}
func (chinese) RehearsalStopped() string { return "演练已中止。请重新开始。" }
func (chinese) Rehearses(r *rehearsal) []string {
	d := r.demand
	stock := r.Stock
	if stock == "" {
		stock = "需求的 " + r.Share.String()
	}
	return []string{
		fmt.Sprintf("订单 %d 个，其中没有客户的 %d 个；%d 行，一单最多 %d 行；%d 件，一行最多 %d 件。",
			len(d.orders), len(d.orders)-len(d.customers), d.lines, d.mostLines, d.pieces,
			d.mostPieces),
		fmt.Sprintf("文件中略过的行：非库存编码 %d，取消 %d，调整 %d，没有价格 %d。",
			d.skipped[notStocked], d.skipped[cancelled], d.skipped[adjusted],
			d.skipped[unpriced]),
		fmt.Sprintf("商品 %d 种，货位 %d 个。库存：%s。", len(d.wares), len(r.floor.shelves), stock),
		"审核：完整（只看订单行）、在售、重复、库存。不查地址、电话和付款。",
		fmt.Sprintf("操作员 %d 人，其中终端 %d 个；扫错 %s，货位少于账面 %s（按拣货任务）；种子 %d。",
			r.Operators, r.Pty, r.Errors, r.Missing, r.Seed),
	}
}
func (chinese) RehearsalGoes(parcels, orders int) string {
	return fmt.Sprintf("已出库包裹 %d，订单 %d", parcels, orders)
}
func (chinese) Rehearsed(f figures) [][2]string {
	return figureRows(f, [...]string{"订单", "挂起", "通过（有货先发）", "驳回", "出库单",
		"出库单行", "出库件数", "已应答扫描", "拒绝", "故意扫错", "缺货", "出库差异", "事件",
		"每次扫描毫秒（中位数）", "每次扫描毫秒（99%以内）", "秒", "违反"})
}
func (chinese) NotRehearsed(n int) string {
	return fmt.Sprintf("有 %d 处不对。请把以上内容和数据库（加 --keep 再演练一次）发给厂家。", n)
}
