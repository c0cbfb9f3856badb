"""Form fields: labels, hints and errors tied together, choices with keys, refusals at their fields."""

from django import forms
from django.template import Context, Template

from anju.core.errors import Refused
from anju.ui.forms import refuse


class Call(forms.Form):
    """One field of each kind."""

    text = forms.CharField(label="怎么说", help_text="边听边打字")
    phone = forms.CharField(label="电话", required=False)
    place = forms.ChoiceField(
        label="地点", choices=[("lobby", "大堂"), ("lift", "电梯")], widget=forms.RadioSelect, initial="lift"
    )
    agreed = forms.BooleanField(label="同意", required=False)
    photos = forms.FileField(label="照片", required=False, widget=forms.FileInput(attrs={"accept": "image/*"}))


def render(source, form):
    return " ".join(Template(source).render(Context({"form": form})).split())


def test_a_text_field_is_label_input_and_hint():
    assert render("{% field form.text %}", Call()) == (
        '<div class="field"><label for="id_text">怎么说</label>'
        '<input type="text" name="text" class="input" aria-describedby="id_text-hint" required id="id_text"> '
        '<p class="hint" id="id_text-hint">边听边打字</p> </div>'
    )


def test_what_need_not_be_filled_says_so():
    assert '<label for="id_phone">电话 <small class="ink-3">可不填</small></label>' in render(
        "{% field form.phone %}", Call()
    )


def test_choices_carry_their_keys():
    shown = render('{% field form.place keys="alt+q alt+w" %}', Call())
    assert '<legend class="legend">地点</legend>' in shown
    assert (
        '<label class="choice"><input type="radio" name="place" value="lift" id="id_place_1" checked data-key="alt+w">'
        "<span>电梯<kbd>W</kbd></span></label>"
    ) in shown
    assert "data-key" not in render("{% field form.place %}", Call())


def test_a_tick_box_and_a_photo_box():
    assert '<label class="choice"><input type="checkbox" name="agreed" id="id_agreed"><span>同意</span>' in render(
        "{% field form.agreed %}", Call()
    )
    photos = render("{% field form.photos %}", Call())
    assert 'id="id_photos-box" data-photos data-max="9"' in photos
    assert '<input type="file" name="photos" accept="image/*" id="id_photos">' in photos


def test_an_error_is_said_at_the_field_and_in_the_summary_in_the_same_words():
    form = Call({"place": "lift", "text": "x"})
    refuse(form, Refused("PHONE_INVALID", "电话不对", fields={"phone": "手机号少1位，请填11位手机号", "gone": "别的"}))
    field = render("{% field form.phone %}", form)
    assert '<div class="field field-bad">' in field
    assert 'aria-describedby="id_phone-error"' in field
    assert 'aria-invalid="true"' in field
    assert '<p class="error" id="id_phone-error">' in field
    assert "手机号少1位，请填11位手机号" in field
    summary = render('{% include "ui/parts/errors.html" %}', form)
    assert "<li>别的</li>" in summary
    assert '<a href="#id_phone">手机号少1位，请填11位手机号</a>' in summary
    assert "还差2处，没有提交" in summary


def test_a_refusal_without_fields_stands_on_top():
    form = Call({"place": "lift", "text": "x"})
    refuse(form, Refused("URGE_TOO_SOON", "10:58刚催过，11:28以后可以再催"))
    assert form.non_field_errors() == ["10:58刚催过，11:28以后可以再催"]


def test_without_errors_there_is_no_summary():
    assert render('{% include "ui/parts/errors.html" %}', Call()) == ""
