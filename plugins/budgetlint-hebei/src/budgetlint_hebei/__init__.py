"""The 河北 province pack of budgetlint."""
