"""Write beside, then replace."""

import pytest

from kommunebudsjett.core.files import replacing, replacing_entries, write_text


def test_a_folder_is_replaced_whole(tmp_path):
    target = tmp_path / "site"
    target.mkdir()
    (target / "old").write_text("old")
    with replacing(target) as fresh:
        (fresh / "new").write_text("new")
        assert (target / "old").exists()
    assert [path.name for path in target.iterdir()] == ["new"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("replace", [replacing, replacing_entries])
def test_an_error_leaves_what_was_there(tmp_path, replace):
    target = tmp_path / "site"
    target.mkdir()
    (target / "page").write_text("old")
    with pytest.raises(RuntimeError), replace(target) as fresh:
        (fresh / "page").write_text("half")
        raise RuntimeError
    assert (target / "page").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_entries_take_their_places_and_the_rest_stays(tmp_path):
    (tmp_path / "README.md").write_text("kept")
    (tmp_path / "nb").mkdir()
    (tmp_path / "nb" / "gone.html").write_text("old")
    with replacing_entries(tmp_path) as fresh:
        (fresh / "nb").mkdir()
        (fresh / "nb" / "new.html").write_text("new")
        (fresh / "index.html").write_text("index")
    assert (tmp_path / "README.md").read_text() == "kept"
    assert [path.name for path in (tmp_path / "nb").iterdir()] == ["new.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["README.md", "index.html", "nb"]


@pytest.mark.parametrize("replace", [replacing, replacing_entries])
def test_a_file_that_comes_out_the_same_is_the_file_that_was_there(tmp_path, replace):
    target = tmp_path / "site"
    (target / "nb").mkdir(parents=True)
    (target / "nb" / "same.html").write_text("same")
    (target / "nb" / "other.html").write_text("one")
    before = {path.name: path.stat() for path in (target / "nb").iterdir()}
    with replace(target) as fresh:
        (fresh / "nb").mkdir()
        (fresh / "nb" / "same.html").write_text("same")
        (fresh / "nb" / "other.html").write_text("two")
    after = {path.name: path.stat() for path in (target / "nb").iterdir()}
    assert after.keys() == before.keys()
    same = [(stat["same.html"].st_ino, stat["same.html"].st_mtime_ns) for stat in (before, after)]
    assert same[0] == same[1]
    assert after["same.html"].st_nlink == 1
    assert (target / "nb" / "other.html").read_text() == "two"
    assert (target / "nb" / "other.html").stat().st_ino != before["other.html"].st_ino


def test_a_file_is_written_anew_where_a_link_stood(tmp_path):
    target = tmp_path / "site"
    target.mkdir()
    (tmp_path / "elsewhere").write_text("same")
    (target / "page").symlink_to(tmp_path / "elsewhere")
    with replacing(target) as fresh:
        (fresh / "page").write_text("same")
    assert not (target / "page").is_symlink()


def test_text_is_replaced(tmp_path):
    path = tmp_path / "metrics" / "read.json"
    write_text(path, "1\n")
    write_text(path, "2\n")
    assert path.read_text() == "2\n"
    assert [entry.name for entry in path.parent.iterdir()] == ["read.json"]
