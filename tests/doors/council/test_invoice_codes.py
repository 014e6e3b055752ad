"""The list of cost codes from a file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ...standing import come_in
from ...work.invoices.scene import a_finance_officer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_list_of_codes_is_read_from_a_file_as_spreadsheets_write_it(client, encoding):
    come_in(client, a_finance_officer())
    file = SimpleUploadedFile("codes.txt", "Code\tName\r\nE123\tCyfrif Siân\r\n".encode(encoding))
    page = client.post("/council/invoices/cost-codes/", {"file": file})
    assert page.status_code == 200
    assert "E123" in page.text and "Cyfrif Siân" in page.text
