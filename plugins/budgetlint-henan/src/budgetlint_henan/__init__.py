"""The 河南 province pack of budgetlint."""
