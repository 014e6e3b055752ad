from django.urls import path

from . import sign_in_urls
from .views import consent_pages, details, email, my_account, registration, rights

app_name = "account"

urlpatterns = [
    path("", my_account.home, name="home"),
    path("personal-details", details.personal, name="personal"),
    path("contact-details", details.contact, name="contact"),
    path("change-email", email.change_email, name="change-email"),
    path("change-email/new", email.new_email, name="new-email"),
    path("change-email/sent", email.new_email_sent, name="new-email-sent"),
    path("change-email/new-code", email.another_code, name="new-email-another-code"),
    path("change-password", details.change_password, name="change-password"),
    path("change-secret-question", details.secret_question, name="secret-question"),
    path("change-of-circumstances", my_account.circumstances, name="circumstances"),
    path("two-step-verification", my_account.two_step, name="two-step"),
    path("two-step-verification/later", my_account.dismiss_prompt, name="dismiss-prompt"),
    path("consent-history", consent_pages.history, name="consent"),
    path("withdraw-consent", consent_pages.withdraw, name="withdraw"),
    path(
        "withdraw-consent/data-protection", consent_pages.withdraw_data_protection, name="withdraw-statement"
    ),
    path("withdraw-consent/decline", consent_pages.withdraw_decline, name="withdraw-decline"),
    path("withdraw-consent/done", consent_pages.withdrawn, name="withdrawn"),
    path("your-information", rights.rights, name="rights"),
    path("your-information/ask", rights.ask, name="rights-ask"),
    path("your-information/<int:pk>/copy", rights.copy, name="rights-copy"),
    path("your-information/<int:pk>/reply", rights.reply, name="rights-reply"),
    path("your-information/<int:pk>/take-back", rights.take_back, name="rights-take-back"),
    path("data-protection", consent_pages.new_statement, name="new-statement"),
    path("data-protection/decline", consent_pages.decline_statement, name="decline-statement"),
    path("data-protection/declined", consent_pages.declined, name="declined"),
    path("update", details.update, name="update"),
    path("language-preference", details.language, name="language-preference"),
    path("emails", details.emails, name="emails"),
    path("register/data-protection", registration.data_protection, name="data-protection"),
    path("register", registration.about_you, name="register"),
    path("register/sign-in", registration.sign_in_details, name="register-sign-in"),
    path("register/code", registration.code, name="register-code"),
    path("register/new-code", registration.new_code, name="register-new-code"),
    path("register/terms", registration.terms, name="terms"),
    *sign_in_urls.urlpatterns,
]
