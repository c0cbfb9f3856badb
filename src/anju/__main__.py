"""The command `anju`: the roof knows every command by the name of its module and loads only the one that is asked for."""

import sys

from anju.cli import menu

COMMANDS = (
    menu.Command("serve", "anju.cli.serve", "网页、实时推送和后台任务，一组进程", django=False),
    menu.Command("work", "anju.cli.work", "只运行后台任务：时钟、消息、升级", pool=True),
    menu.Command("web", "anju.cli.web", "由 serve 启动的网页进程", hidden=True, before="anju.cli.place", pool=True),
    menu.Command("fit", "anju.cli.fit", "由 serve 询问：能不能开给别人用", hidden=True),
    menu.Command("migrate", "anju.cli.migrate", "建立或更新数据库"),
    menu.Command("setup", "anju.cli.setup", "新开一个小区，给第一位管理员一个邀请链接"),
    menu.Command("demo", "anju.lab.demo.command", "装入演示小区和它的两个星期"),
    menu.Command("lab", "anju.lab.command", "实验室：整个产品，时钟由你拨", before="anju.cli.lab"),
    menu.Command(
        "simulate",
        "anju.lab.simulation.command",
        "模拟几个月：进程会死、短信会丢，每一步都核对",
        before="anju.cli.simulate",
    ),
    menu.Command("doctor", "anju.cli.doctor", "检查哪里不对、怎么修；有问题时退出码为1", before="anju.cli.place"),
    menu.Command("watch", "anju.cli.watch", "在另一台机器上守望：测试报警三分钟不回来就叫人", django=False),
    menu.Command("staff", "anju.cli.staff", "员工账号、邀请、密码和接口令牌"),
    menu.Command("vault", "anju.cli.vault", "换密钥，看密钥的状态；核对查看记录有没有被改动"),
    menu.Command("backup", "anju.cli.backup", "备份数据库和照片到一个加密文件"),
    menu.Command("restore", "anju.cli.restore", "检查或恢复备份；恢复后消息先暂停"),
    menu.Command("settings", "anju.cli.settings", "列出现在生效的设置"),
    menu.Command("estate", "anju.cli.estate", "导入花名册：房屋、业主、电话；撤回导入"),
    menu.Command("codes", "anju.cli.codes", "二维码：打印成PDF，看核对到哪里"),
    menu.Command("understanding", "anju.cli.understanding", "文字是什么事：判断、评估、重新训练"),
    menu.Command("news", "anju.cli.news", "谁在听哪件事"),
    menu.Command("floors", "anju.cli.floors", "代码的楼层：谁可以用谁", django=False),
)


def main() -> None:
    """Run a command and end with its exit code."""
    sys.exit(menu.run(COMMANDS, sys.argv[1:]))


if __name__ == "__main__":
    main()
