"""API Gateway's HTTP APIs: their limits, and what they tell a function of a request."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

from ministack import app
from ministack.services import apigateway, lambda_svc

from local.strict.patching import wrap

Answer = tuple[int, dict[str, str], bytes]
Headers = dict[str, str]
Query = dict[str, list[str]]

HEAD_BYTES = 10_240
BODY_BYTES = 10 * 1024 * 1024
LONGEST_SECONDS = 30.0
# A test asks for what AWS is only reported to do, once: `cut-path`, `mapping-in-path`.
SWITCH = "x-strict"

_domain: ContextVar[str | None] = ContextVar("domain", default=None)
_mapping: ContextVar[str] = ContextVar("mapping", default="")
_variables: ContextVar[dict[str, str] | None] = ContextVar("variables", default=None)
_late: set[asyncio.Task[Answer]] = set()


def apply() -> None:
    sizes_are_limited()
    functions_have_thirty_seconds()
    failures_tell_nothing()
    cors_of_templates_counts()
    custom_domains_are_named()
    decoded_question_marks_may_cut()
    stage_variables_are_told()


def sizes_are_limited() -> None:
    """Request line and header values have 10,240 bytes together, a body 10 MB.

    API Gateway Developer Guide, "Quotas for configuring and running an HTTP API"; the statuses are observed.
    """

    async def handle(
        original: Callable[..., Awaitable[Answer | None]],
        host: str,
        path: str,
        method: str,
        headers: Headers,
        body: bytes,
        query_params: Query,
        raw_path: str | None = None,
        raw_query_string: str | None = None,
    ) -> Answer | None:
        line = f"{method} {raw_path or path}?{raw_query_string or ''} HTTP/1.1"
        head = len(line.encode()) + sum(len(value.encode()) for value in headers.values())
        if _is_api(host, path) and head > HEAD_BYTES:
            return _says(431, "Request Header Fields Too Large")
        if _is_api(host, path) and len(body) > BODY_BYTES:
            return _says(413, "Request Too Long")
        return await original(host, path, method, headers, body, query_params, raw_path, raw_query_string)

    wrap(app, "_handle_execute_api_request", handle)


def functions_have_thirty_seconds() -> None:
    """An integration that has not answered in its time, 30 s at most, is 503; the function runs on.

    API Gateway Developer Guide, "Quotas for configuring and running an HTTP API".
    """

    async def invoke(
        original: Callable[..., Awaitable[Answer]], integration: dict[str, Any], *request: Any, **how: Any
    ) -> Answer:
        seconds = min(float(integration.get("timeoutInMillis") or 30_000) / 1000, LONGEST_SECONDS)
        answer = asyncio.ensure_future(original(integration, *request, **how))
        done, _ = await asyncio.wait({answer}, timeout=seconds)
        if done:
            return answer.result()
        _late.add(answer)
        answer.add_done_callback(_late.discard)
        return _says(503, "Service Unavailable")

    wrap(apigateway, "_invoke_lambda_proxy", invoke)


def failures_tell_nothing() -> None:
    """A function that fails is 500 Internal Server Error, whatever it said; what it can't take is 413.

    API Gateway Developer Guide, "Troubleshooting issues with HTTP API Lambda integrations".
    """

    def convert(
        original: Callable[..., tuple[Any, Any]], exec_result: dict[str, Any]
    ) -> tuple[dict[str, Any] | None, str | None]:
        if not exec_result.get("error"):
            return original(exec_result)
        too_large = exec_result["body"].get("errorType") == "RequestEntityTooLargeException"
        status, message = (413, "Request Too Long") if too_large else (500, "Internal Server Error")
        return {"statusCode": status, "body": json.dumps({"message": message})}, None

    wrap(lambda_svc, "lambda_execute_result_to_api_proxy_response", convert)


def cors_of_templates_counts() -> None:
    """An API's CorsConfiguration answers OPTIONS and adds its headers, if it comes from a template, too.

    API Gateway Developer Guide, "Configure CORS for HTTP APIs".
    """

    def answer(original: Callable[..., Any], cors_cfg: dict[str, Any], origin: str) -> Any:
        return original({name[0].lower() + name[1:]: cors_cfg[name] for name in cors_cfg or {}}, origin)

    wrap(apigateway, "_cors_response_headers", answer)
    wrap(apigateway, "_cors_preflight_response", answer)


def custom_domains_are_named() -> None:
    """A request by a custom domain says so: `domainName` is that domain.

    API Gateway Developer Guide, "Create AWS Lambda proxy integrations": format 2.0's `rawPath` has no mapping
    value. Others report that it has: with the header `x-strict: mapping-in-path`, it has one here.
    """

    async def handle(
        original: Callable[..., Awaitable[Answer | None]], host: str, path: str, *request: Any, **how: Any
    ) -> Answer | None:
        resolved = app._resolve_custom_domain_request(host, path)
        if resolved is None:
            return await original(host, path, *request, **how)
        _domain.set(host.split(":")[0])
        _mapping.set(path.removesuffix(resolved[2]))
        return await original(host, path, *request, **how)

    async def invoke(
        original: Callable[..., Awaitable[Answer]],
        integration: dict[str, Any],
        api_id: str,
        stage: str,
        path: str,
        method: str,
        headers: Headers,
        *request: Any,
        **how: Any,
    ) -> Answer:
        if headers.get(SWITCH) == "mapping-in-path":
            path = _mapping.get() + path
        return await original(integration, api_id, stage, path, method, headers, *request, **how)

    def execute(original: Callable[..., Any], func: dict[str, Any], event: Any) -> Any:
        domain = _domain.get()
        if domain and isinstance(event, dict) and "requestContext" in event:
            named = {"domainName": domain, "domainPrefix": domain.split(".")[0]}
            event = event | {"requestContext": event["requestContext"] | named}
        return original(func, event)

    wrap(app, "_handle_execute_api_request", handle)
    wrap(apigateway, "_invoke_lambda_proxy", invoke)
    wrap(lambda_svc, "_execute_function_with_config_scope", execute)


def decoded_question_marks_may_cut() -> None:
    """Path parameters arrive decoded, and a `?` among them (sent as %3F) is reported to cut the path.

    With the header `x-strict: cut-path`, it does here: the path and each parameter end before it.
    Not in a guide; captures of live APIs, github.com/hotsock/voker/pull/8.
    """

    async def invoke(
        original: Callable[..., Awaitable[Answer]],
        integration: dict[str, Any],
        api_id: str,
        stage: str,
        path: str,
        method: str,
        headers: Headers,
        body: bytes,
        query_params: Query,
        route_key: str = "$default",
        path_params: dict[str, str] | None = None,
        **how: Any,
    ) -> Answer:
        if headers.get(SWITCH) == "cut-path":
            path = path.partition("?")[0]
            path_params = {
                name: value.partition("?")[0] for name, value in (path_params or {}).items()
            } or None
        return await original(
            integration,
            api_id,
            stage,
            path,
            method,
            headers,
            body,
            query_params,
            route_key,
            path_params,
            **how,
        )

    wrap(apigateway, "_invoke_lambda_proxy", invoke)


def stage_variables_are_told() -> None:
    """A function is told the variables of the stage that its request came by, where there are any.

    API Gateway Developer Guide, "Create AWS Lambda proxy integrations": format 2.0's `stageVariables`.
    """

    async def invoke(
        original: Callable[..., Awaitable[Answer]],
        integration: dict[str, Any],
        api_id: str,
        stage: str,
        *request: Any,
        **how: Any,
    ) -> Answer:
        _variables.set(apigateway._get_stage_variables(api_id, stage))
        return await original(integration, api_id, stage, *request, **how)

    def execute(original: Callable[..., Any], func: dict[str, Any], event: Any) -> Any:
        variables = _variables.get()
        if variables and isinstance(event, dict) and "requestContext" in event:
            event = event | {"stageVariables": variables}
        return original(func, event)

    wrap(apigateway, "_invoke_lambda_proxy", invoke)
    wrap(lambda_svc, "_execute_function_with_config_scope", execute)


def _is_api(host: str, path: str) -> bool:
    by_domain = app._resolve_custom_domain_request(host, path)
    return by_domain is not None or app._parse_execute_api_url(host, path) is not None


def _says(status: int, message: str) -> Answer:
    return status, {"Content-Type": "application/json"}, json.dumps({"message": message}).encode()
