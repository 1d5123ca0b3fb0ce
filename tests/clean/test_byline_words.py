"""Does every word of the byline's, title's and document's lists do what its list promises?"""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import pipelines.clean
from pipelines.clean import clean
from pipelines.clean.blocks import PageBlocks
from pipelines.clean.byline import read_byline
from pipelines.clean.document import read_document
from pipelines.clean.fields import read_fields
from pipelines.clean.headlines import is_headline
from pipelines.clean.names import has_role, is_organisation, split_names
from pipelines.clean.published import choose_published
from pipelines.clean.site_names import cut_site_name, is_site_name
from pipelines.clean.sources import claims_of_head, clean_source
from pipelines.clean.title import choose_title

FOLDER = Path(pipelines.clean.__file__).parent


def load(name: str) -> dict:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


BYLINE, TITLE, PUBLISHED, DOCUMENT = map(
    load, ("byline.toml", "title.toml", "published.toml", "document.toml")
)
LABELS = [(kind, label) for kind, labels in BYLINE["labels"].items() for label in labels.split()]
PLAIN = [label for _, label in LABELS if 1 < len(label) <= 6]


@pytest.mark.parametrize(("kind", "label"), LABELS)
def test_label_is_read_as_its_kind(kind, label):
    field = read_fields(f"{label}：青溪")[0]
    assert (field.kind, field.label, field.value) == (kind, label, "青溪")


def test_no_label_has_two_kinds():
    assert [label for label, count in Counter(label for _, label in LABELS).items() if count > 1] == []


@pytest.mark.parametrize("label", PLAIN)
def test_label_with_blanks_inside(label):
    assert read_fields(f"2021-03-04 {' '.join(label)} : 青溪")[0].label == label


@pytest.mark.parametrize("label", BYLINE["words"]["weak"].split())
def test_weak_label_is_the_end_of_another_word(label):
    assert read_fields(f"某{label}：青溪") == ()
    assert read_fields(f"来源：网 某{label}：青溪")[-1].label == label


@pytest.mark.parametrize("role", BYLINE["roles"].split())
def test_role_is_no_name(role):
    assert has_role(role)
    assert split_names(f"{role} 柏远山") == ("柏远山",)


@pytest.mark.parametrize("word", BYLINE["not_names"].split())
def test_word_is_no_name(word):
    assert split_names(word) == ()
    assert split_names(word, "account") == ()


@pytest.mark.parametrize("ending", BYLINE["organisations"].split())
def test_ending_of_an_office(ending):
    assert is_organisation(f"青溪{ending}")


@pytest.mark.parametrize("word", BYLINE["words"]["no_source"].split())
def test_word_is_no_source(word):
    assert clean_source(word) is None


@pytest.mark.parametrize("name", BYLINE["words"]["source_metas"].split())
def test_meta_names_the_source(name):
    assert [claim.value for claim in claims_of_head([(name, "青溪日报")])] == ["青溪日报"]
    assert read_byline(PageBlocks((), metas=((name, "青溪日报"),)), frozenset()).source == "青溪日报"


@pytest.mark.parametrize("name", [*PUBLISHED["metas"].split(), *PUBLISHED["weak_metas"].split()])
def test_meta_names_the_time(name):
    assert name == name.lower()
    found = choose_published(PageBlocks((), metas=((name, "2021-03-04 10:20"),)))
    assert (str(found.at), found.precision) == ("2021-03-04 10:20:00", "minute")


@pytest.mark.parametrize("name", [name for name in TITLE["metas"] if name != "headline"])
def test_meta_names_the_title(name):
    page = PageBlocks((), metas=((name, "县委召开防汛会议"),), is_html=True)
    assert choose_title(page).title == "县委召开防汛会议"


@pytest.mark.parametrize("ending", TITLE["words"]["site_endings"].split())
def test_ending_of_a_site(ending):
    assert cut_site_name(f"县委召开防汛会议-青溪{ending}", PageBlocks(())) == "县委召开防汛会议"


@pytest.mark.parametrize("ending", TITLE["words"]["bare_names"].split())
def test_bare_name_of_a_site(ending):
    assert is_site_name(f"青溪{ending}", PageBlocks((), title_tag=f"青溪{ending}"))


@pytest.mark.parametrize("word", TITLE["words"]["chrome"].split())
def test_chrome_is_no_headline(word):
    assert not is_headline(f"{word} 青溪要闻")


@pytest.mark.parametrize("template", DOCUMENT["templates"], ids=lambda template: template["key"])
def test_template_is_whole(template):
    assert set(template) <= {"key", "all", "start", "end", "similar"}
    for pattern in (*template["all"], *template["start"], *template.get("end", [])):
        re.compile(pattern)


def test_every_template_has_a_case():
    cases = tomllib.loads((Path(__file__).parent / "cases" / "document.toml").read_text(encoding="utf-8"))[
        "case"
    ]
    assert {template["key"] for template in DOCUMENT["templates"]} <= {case.get("template") for case in cases}


@pytest.mark.parametrize("name", sorted(DOCUMENT["fields"]))
def test_every_field_has_values(name):
    assert re.compile(DOCUMENT["values"][name])
    assert read_document(PageBlocks(())).document is None


def test_a_role_in_a_class_of_sources_is_no_source():
    page = "<h1>青溪县召开会议</h1><p class=source>本报记者 柏玉娟</p><div><p>3月6日，县委召开会议，柏远主持。</p></div>"
    assert clean(page, content_type="text/html").source is None
