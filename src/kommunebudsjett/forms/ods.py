from kommunebudsjett.forms.packages import Package
from kommunebudsjett.forms.workbook import Workbook


def read_ods(package: Package) -> Workbook:
    raise NotImplementedError
