"""The admin speaks Indonesian and keeps the office's time, unless its user chose otherwise in the account.

Wagtail falls back to the browser's language and the server's zone. An officer's browser is often English, and an
office in Papua schedules by its own clock.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from home.scope import offices_of


class AdminLocaleMiddleware:
    """Set language and time zone of the admin before Wagtail reads them from the user's profile."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Answer the request; addresses outside the admin are left alone."""
        if request.path_info.startswith(reverse("wagtailadmin_home")):
            translation.activate(settings.LANGUAGE_CODE)  # the sign-in page has no profile to ask
            request.LANGUAGE_CODE = translation.get_language()
            if request.user.is_authenticated:
                self._fill_profile(request.user)
        return self.get_response(request)

    def _fill_profile(self, user) -> None:
        """Fill what the profile leaves open, for this request only."""
        profile = getattr(user, "wagtail_userprofile", None)
        if profile is None:
            profile = user.wagtail_userprofile = UserProfile.get_for_user(user)
        if not profile.preferred_language:
            profile.preferred_language = settings.LANGUAGE_CODE
        if not profile.current_time_zone and (offices := offices_of(user)):
            profile.current_time_zone = offices[0].time_zone
