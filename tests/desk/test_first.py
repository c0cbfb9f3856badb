"""First try."""

def test_pages(cast, enter):
    ticket = cast.report()
    cast.report("楼道灯坏了", place="B3-1")
    client = enter("李敏")
    for url in ("/desk/queue/", f"/desk/tickets/{ticket.no}/", f"/desk/tickets/{ticket.no}/peek/", "/desk/tickets/new/", "/desk/codes/", "/desk/codes/sheet/", "/desk/shift/", f"/desk/tickets/{ticket.no}/assignment/", f"/desk/tickets/{ticket.no}/classification/",f"/desk/tickets/{ticket.no}/note/"):
        r = client.get(url)
        print(url, r.status_code, len(r.content))
        assert r.status_code == 200
        r = client.get(url, headers={"HX-Request": "true"})
        assert r.status_code == 200
    assert client.get("/login/").status_code == 302
