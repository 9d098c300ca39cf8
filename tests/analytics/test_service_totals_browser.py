"""An officer enters a year's service figures in a real browser."""

import pytest

from analytics.service_totals.figures import service_figures
from home.enums import Role
from tests.factories import PASSWORD, UserFactory, shared_office


@pytest.mark.e2e
def test_the_running_sum_and_the_refusal_in_a_browser(live_site, assert_accessible):
    office = shared_office()
    UserFactory(username="bu.ppid", role=Role.PPID, office=office)
    page = live_site.sign_in("bu.ppid", PASSWORD)
    page.get_by_role("link", name="Angka layanan").click()
    page.get_by_role("link", name="Tambah angka layanan").first.click()
    page.get_by_label("Jumlah permohonan").fill("15")
    page.get_by_label("Jumlah pemohon").fill("15")
    sexes = page.get_by_role("group", name="Jenis kelamin")
    sexes.get_by_label("Laki-laki").fill("8")
    sexes.get_by_label("Perempuan").fill("6")
    assert sexes.get_by_text("Jumlah 14 dari 15").is_visible()
    page.get_by_label("Dikabulkan seluruhnya").fill("15")
    page.get_by_label("Rata-rata (hari kerja)").fill("1,5")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Jumlah menurut jenis kelamin 14, seharusnya 15").wait_for()
    assert sexes.get_by_label("Laki-laki").input_value() == "8"
    assert_accessible(page, "form")
    sexes.get_by_label("Laki-laki").fill("9")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("tersimpan dan tampil untuk umum").wait_for()
    assert service_figures(office, office.today().year - 1).by_sex == {"laki_laki": 9, "perempuan": 6}
