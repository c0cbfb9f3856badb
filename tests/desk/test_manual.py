"""The manual in the product: everybody's own chapter first, pictures that exist, words that are found."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from anju.desk.help import pages


def title(answer) -> str:
    return re.search(r"<article[^>]*>.*?<h1>(.*?)</h1>", answer.content.decode(), re.DOTALL)[1]


@pytest.mark.parametrize(("who", "first"), [("李敏", "客服"), ("陈师傅", "维修师傅"), ("外包01", "夜间接听")])
def test_it_opens_at_the_readers_own_chapter(cast, enter, who, first):
    answer = enter(who).get("/help/")
    assert (answer.status_code, title(answer)) == (200, first)
    assert "手册只有中文" not in answer.content.decode()


def test_a_resident_reads_his_own_and_no_other(cast):
    passer_by = Client()
    answer = passer_by.get("/help/")
    assert title(answer) == "业主"
    assert "/help/desk/" not in answer.content.decode()
    assert passer_by.get("/help/desk/").status_code == 404


@pytest.mark.parametrize("chapter", [one.slug for one in pages.CHAPTERS])
def test_a_chapter_leads_only_to_what_exists(cast, enter, chapter):
    agent = enter("李敏")
    page = agent.get(f"/help/{chapter}/").content.decode()
    article = page[page.index("<article") :]
    for picture in re.findall(r'<img src="/static/([^"]+)"', article):
        plain = re.sub(r"\.[0-9a-f]{12}(\.\w+)$", r"\1", picture)
        assert finders.find(plain), picture
    for link in re.findall(r'<article.*?href="(/[^"]+)"', article, re.DOTALL):
        assert agent.get(link).status_code == 200, link
    assert "style=" not in article


def test_words_are_found_in_all_chapters_of_the_reader(cast, enter):
    found = enter("李敏").get("/help/", {"q": "ctrl  撤回"}).content.decode()
    assert re.search(r"<h1>[^<]*有1处", found)
    assert "队列：先做什么" in found
    assert "扫码报事" not in found
    assert "手册里没有这些字" in enter("李敏").get("/help/", {"q": "<b>火星"}).content.decode()
    assert "&lt;b&gt;火星" in enter("李敏").get("/help/", {"q": "<b>火星"}).content.decode()
    assert "手册里没有这些字" in Client().get("/help/", {"q": "接起电话"}).content.decode(), (
        "a resident finds no words of staff"
    )


def test_english_readers_are_told(cast, enter):
    assert "The manual is in Chinese only" in enter("李敏").get("/help/?lang=en").content.decode()


def test_the_way_there(cast, enter):
    assert 'href="/help/"' in enter("李敏").get("/desk/queue/").content.decode()
    assert 'href="/help/"' in enter("陈师傅").get("/field/").content.decode()
    assert 'href="/help/"' in Client().get("/").content.decode()


def test_who_makes_no_calls_is_not_led_to_the_page_of_calls(cast, enter):
    """The form of a new ticket has visits of its own, which once showed the way to a page that 李敏 may not open."""
    assert 'href="/desk/revisits/"' not in enter("李敏").get("/desk/tickets/new/").content.decode()
    assert 'href="/desk/revisits/"' in enter("赵静").get("/desk/tickets/new/").content.decode()
