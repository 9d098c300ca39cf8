"""The address of a withdrawn publication answers with the reason, not with "not found"."""

from django.shortcuts import render

from home.models import Office, Withdrawal


class WithdrawnPageMiddleware:
    """Turn a 404 at a withdrawn page's address into a 410 page that states the reason."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Answer the request; only a 404 costs a look-up."""
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        office = Office.objects.for_request(request)
        if office is None:
            return response
        url_path = office.home_page.url_path.rstrip("/") + request.path_info
        withdrawal = Withdrawal.objects.for_path(url_path)
        if withdrawal is None:
            return response
        return render(request, "410.html", {"withdrawal": withdrawal}, status=410)
