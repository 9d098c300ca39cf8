"""The OpenAPI description: ninja's, with a whole example for every answer, made from the examples of its fields."""

from typing import Any

from ninja.openapi.schema import OpenAPISchema

from api.problems import PROBLEM_TYPE

_DESCRIPTIONS = {
    200: "Jawabannya.",
    404: "Tidak ada, atau tidak (lagi) terbuka untuk umum.",
    410: "Dicabut dengan alasan yang dinyatakan.",
    422: "Parameter tidak dapat dipakai; `errors` menyebut yang mana dan mengapa.",
}
_NOT_MODIFIED = {"description": "Tidak berubah sejak ETag yang Anda kirim dengan `If-None-Match`."}
_PLAIN = {"string": "", "integer": 0, "number": 0.0, "boolean": False, "null": None}
#: Parameters in the path: what a reader calls them, an example, and what they are.
_IN_PATH = {
    "pk": ("id", 118, "Id, seperti pada daftarnya."),
    "number": ("halaman", 7, "Nomor halaman, mulai dari 1."),
    "sha256": (
        "sha256",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "Sidik jari SHA-256 berkasnya, 64 karakter heksadesimal.",
    ),
}


class ExampledSchema(OpenAPISchema):
    """OpenAPI 3.1 of the API."""

    def get_paths(self) -> dict[str, Any]:
        """Describe every address, its path in the reader's words."""
        return {_in_words(path): methods for path, methods in super().get_paths().items()}

    def operation_details(self, operation) -> dict[str, Any]:
        """Describe an operation; errors are problems, and a 304 is possible everywhere."""
        details = super().operation_details(operation)
        for parameter in details["parameters"]:
            if parameter["in"] == "path":
                name, parameter["example"], parameter["description"] = _IN_PATH[parameter["name"]]
                parameter["name"] = name
        for status, answer in details["responses"].items():
            answer["description"] = _DESCRIPTIONS[status]
            (content,) = answer["content"].values()
            content["example"] = (
                self._problem(status, operation) if status != 200 else self.example(content["schema"])
            )
            answer["content"] = {PROBLEM_TYPE if status != 200 else "application/json": content}
        details["responses"][304] = _NOT_MODIFIED
        return details

    def example(self, schema: dict[str, Any]) -> Any:
        """Return an example of a value that fits the schema."""
        if "example" in schema:
            return schema["example"]
        if schema.get("examples"):
            return schema["examples"][0]
        if "$ref" in schema:
            return self.example(self.schemas[schema["$ref"].rsplit("/", 1)[-1]])
        for union in ("anyOf", "allOf"):
            if union in schema:
                return self.example(schema[union][0])
        if "properties" in schema:
            return {name: self.example(details) for name, details in schema["properties"].items()}
        if schema.get("type") == "array":
            return [self.example(schema["items"])]
        if schema.get("type") == "object":
            return {}
        return schema.get("default", _PLAIN.get(schema.get("type", "")))

    def _problem(self, status: int, operation) -> dict[str, Any]:
        problem = {**self.example({"$ref": "#/components/schemas/ProblemDetails"})}
        problem["instance"] = (
            f"/{self.path_prefix.strip('/')}/{_in_words(operation.path.replace('{int:', '{'))}"
        )
        if status != 422:
            problem.pop("errors")
            problem |= _PROBLEM_EXAMPLES[status]
        return problem


def _in_words(path: str) -> str:
    for own, (name, *_) in _IN_PATH.items():
        path = path.replace(f"{{{own}}}", f"{{{name}}}")
    return path


_PROBLEM_EXAMPLES: dict[int, dict[str, Any]] = {
    404: {
        "status": 404,
        "title": "Tidak ditemukan",
        "detail": "Alamat ini tidak ada, atau isinya tidak (lagi) terbuka untuk umum.",
    },
    410: {
        "status": 410,
        "title": "Publikasi ini telah dicabut",
        "detail": "Dicabut pada 2026-11-02. Alasan: Memuat data yang keliru.",
    },
}
