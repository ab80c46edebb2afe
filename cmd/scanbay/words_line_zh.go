package main

import (
	"fmt"
	"time"

	"scanbay/store"
	"scanbay/sync/wire"
)

func (chinese) Serves(at string) string {
	return "服务器已启动：" + at + "。按 Ctrl+C 结束。"
}
func (chinese) NotCentral(db string) string {
	return db + " 是单机工位的数据库。要交给服务器：scanbay central --adopt " + db
}
func (chinese) NoPort(address, why string) string {
	return fmt.Sprintf("不能在 %s 监听：%s。请用 --listen 换一个。", address, why)
}
func (chinese) NoCertificate(file, why string) string {
	return fmt.Sprintf("证书 %s 不能用：%s。请改正 --cert 和 --cert-key。", file, why)
}
func (chinese) PlainOutside(address string) string {
	return address + "：不加密别人能看到内容。请用 https，或只在本机用 127.0.0.1。"
}
func (chinese) AdoptsNoMore(file string) string {
	return fmt.Sprintf("中心服务器已有 %s 里没有的记录。只有新的中心服务器才能接管单机数据库：请换一个 --db。", file)
}

func (chinese) NotToAdopt(file, warehouse, zone string) string {
	return fmt.Sprintf("不能接管 %s：它须是单机工位，而且服务器须有它的仓库。请加 "+
		"--warehouse %s --zone %s。", file, warehouse, zone)
}
func (chinese) Adopted(file, station string) string {
	return fmt.Sprintf("%s 的全部记录已归服务器。接下来：\n"+
		"  scanbay central ...\n"+
		"  scanbay import operators 文件 --central 网址   （密码不能接管，须重新导入）\n"+
		"  scanbay stations add %s\n"+
		"  scanbay enroll 网址 登记码 --db %s", file, station, file)
}
func (chinese) CentralRestored() string {
	return "请启动服务器。各工位把手上的记录都报来之前不做计划；不再等：scanbay stations open"
}
func (chinese) NoAdmin(file string) string {
	return "读不到 " + file + "。它在服务器数据库旁边，请用 --admin 指明。"
}
func (chinese) NoCentral(url, why string) string {
	return fmt.Sprintf("连不上服务器 %s：%s。请检查它是否在运行，网址对不对。", url, why)
}
func (chinese) NoURL(url string) string {
	return url + " 不是网址。请照这样写：https://central:8443"
}
func (chinese) NoWarehouse(name string) string {
	return fmt.Sprintf("服务器上没有仓库“%s”。请用 --warehouse 指明它有的仓库。", name)
}
func (chinese) NoStationName(name string) string {
	return fmt.Sprintf("没有工位“%s”。名称例如 PACK-1：A-Z、0-9 和 -。", name)
}
func (chinese) StationLine(st store.Station, awaited bool) string {
	state := "在用"
	switch {
	case !bool(st.Active):
		state = "已停用"
	case awaited:
		state = "恢复后尚未上报"
	}
	return fmt.Sprintf("%-16s %s  %s 起  %s", st.ID, st.Prefix,
		time.UnixMilli(st.At).Format("2006-01-02 15:04"), state)
}
func (chinese) EnrolWith(url, code string) string {
	return "十分钟内在工位上运行：\n  scanbay enroll " + url + " " + code
}
func (chinese) BadCode() string {
	return "登记码不对、已用过或已过期。请重新取码：scanbay stations add 名称"
}
func (chinese) OtherStation(db, here, there string) string {
	return fmt.Sprintf("%s 是工位 %s 的，登记码是给 %s 的。请取 %s 的登记码，或换一个 --db。",
		db, here, there, here)
}
func (chinese) OtherWarehouse(db, here, there string) string {
	return fmt.Sprintf("%s 是仓库 %s 的，登记码是给 %s 的。请取 %s 的登记码，或换一个 --db。",
		db, here, there, here)
}
func (chinese) StandsAlone(db string) string {
	return db + " 是单机工位的数据库。请先交给服务器：scanbay central --adopt " + db +
		"；或换一个 --db。"
}
func (chinese) Enrolled(station, warehouse, db string) string {
	return fmt.Sprintf("本机已是仓库 %s 的工位 %s。接下来：\n  scanbay station --db %s",
		warehouse, station, db)
}
func (chinese) NotEnrolled(db string) string {
	return db + " 是已登记工位的数据库，但本机没有它的密钥。请用 scanbay stations add 取码，然后：" +
		"scanbay enroll 网址 登记码 --db " + db
}
func (chinese) LineProblem(code wire.ProblemCode) string {
	return map[wire.ProblemCode]string{wire.Revoked: "本工位已停用",
		wire.Unknown:      "服务器不认识本工位",
		wire.NotSigned:    "本工位的密钥不对",
		wire.WrongClock:   "时钟不准",
		wire.NoSuchRuling: "服务器版本太旧",
		wire.TooLarge:     "内容过大"}[code]
}
