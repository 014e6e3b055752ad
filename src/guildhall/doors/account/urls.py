from django.urls import path

from .views import links, my_account, registration, sign_in

app_name = "account"

urlpatterns = [
    path("", my_account.home, name="home"),
    path("personal-details", my_account.personal, name="personal"),
    path("contact-details", my_account.contact, name="contact"),
    path("change-email", my_account.change_email, name="change-email"),
    path("change-email/new", my_account.new_email, name="new-email"),
    path("change-email/sent", links.new_email_sent, name="new-email-sent"),
    path("change-password", my_account.change_password, name="change-password"),
    path("change-of-circumstances", my_account.circumstances, name="circumstances"),
    path("two-step-verification", my_account.two_step, name="two-step"),
    path("two-step-verification/later", my_account.dismiss_prompt, name="dismiss-prompt"),
    path("consent-history", my_account.consent, name="consent"),
    path("register/data-protection", registration.data_protection, name="data-protection"),
    path("register", registration.about_you, name="register"),
    path("register/sign-in", registration.sign_in_details, name="register-sign-in"),
    path("register/code", registration.code, name="register-code"),
    path("register/new-code", registration.new_code, name="register-new-code"),
    path("register/terms", registration.terms, name="terms"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in/code", sign_in.code, name="code"),
    path("sign-in/new-code", sign_in.new_code, name="new-code"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("keep-alive", sign_in.keep_alive, name="keep-alive"),
    path("language", sign_in.language, name="language"),
    path("held", sign_in.held, name="held"),
    path("forgotten", links.forgotten, name="forgotten"),
    path("forgotten/sent", links.forgotten_sent, name="forgotten-sent"),
    path("confirm/<slug:key>", links.register, name="link-register"),
    path("confirm-email/<slug:key>", links.change_email, name="link-change-email"),
    path("unlock/<slug:key>", links.unlock, name="link-unlock"),
    path("set-password/<slug:key>", links.set_password, name="link-set-password"),
]
