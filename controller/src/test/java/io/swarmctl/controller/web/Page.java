package io.swarmctl.controller.web;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/** A page in a browser, used as a person does: looks for what is to be seen, clicks it, types. */
public final class Page {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** The innermost elements that can be pressed or read and whose text, or name, begins so. */
    private static final String FIND = """
            (text, among) => {
              const named = (e) => (e.getAttribute('aria-label') ?? e.innerText ?? '').trim();
              const seen = (e) => e.getClientRects().length > 0;
              const root = document.querySelector('dialog[open]') ?? document;
              return [...root.querySelectorAll(among)].filter((e) => seen(e) && named(e).startsWith(text));
            }""";

    private final DevTools devTools;

    /** Asks the browser for something, about this page. */
    @FunctionalInterface
    interface DevTools {
        JsonObject ask(String method, JsonObject parameters);
    }

    Page(DevTools devTools) {
        this.devTools = devTools;
        devTools.ask("Page.enable", new JsonObject());
        devTools.ask("Runtime.enable", new JsonObject());
    }

    /** Takes a window of that size; {@code dark} as the person's system prefers. */
    public Page window(int width, int height, boolean dark) {
        devTools.ask(
                "Emulation.setDeviceMetricsOverride",
                JsonObject.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        devTools.ask(
                "Emulation.setEmulatedMedia",
                JsonObject.of(
                        "features",
                        JsonArray.of(
                                JsonObject.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                                JsonObject.of("name", "prefers-reduced-motion", "value", "reduce"))));
        return this;
    }

    public Page go(String url) {
        devTools.ask("Page.navigate", JsonObject.of("url", url));
        return this;
    }

    /** Has the page run this from its very beginning. */
    public Page first(String script) {
        devTools.ask("Page.addScriptToEvaluateOnNewDocument", JsonObject.of("source", script));
        return this;
    }

    /** What the expression comes to in the page. */
    public Object ask(String expression) {
        JsonObject answer = devTools.ask(
                "Runtime.evaluate",
                JsonObject.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.containsKey("exceptionDetails")) {
            throw new IllegalStateException(
                    answer.getJsonObject("exceptionDetails").encode());
        }
        return answer.getJsonObject("result").getValue("value");
    }

    public boolean is(String expression) {
        return Boolean.TRUE.equals(ask("Boolean(" + expression + ")"));
    }

    public Page until(String expression) {
        await(expression).atMost(LONGEST).ignoreExceptions().until(() -> is(expression));
        return this;
    }

    public boolean shows(String text) {
        return is("document.body.innerText.replace(/\\s+/g, ' ').includes(" + quoted(text) + ")");
    }

    public Page untilShows(String text) {
        await("'" + text + "' is to be seen").atMost(LONGEST).ignoreExceptions().until(() -> shows(text));
        return this;
    }

    public Page untilGone(String text) {
        await("'" + text + "' is gone").atMost(LONGEST).ignoreExceptions().until(() -> !shows(text));
        return this;
    }

    /** Presses what begins with this text, once it is there and can be pressed. */
    public Page press(String text) {
        String found = "(" + FIND + ")(" + quoted(text)
                + ", 'button, a, summary, input[type=checkbox], label:has(input[type=radio])')"
                + ".filter((e) => !e.disabled)[0]";
        until(found);
        ask(found + ".click()");
        return this;
    }

    /** Types into the field with this label. */
    public Page type(String label, String text) {
        String field = "[...(document.querySelector('dialog[open]') ?? document)"
                + ".querySelectorAll('input, textarea')].find((e) => (e.labels?.[0]?.innerText"
                + " ?? e.getAttribute('aria-label') ?? '').startsWith(" + quoted(label)
                + ") || e.getAttribute('aria-label') === "
                + quoted(label) + ")";
        until(field);
        ask(field + ".focus()");
        ask(field + ".select()");
        devTools.ask("Input.insertText", JsonObject.of("text", text));
        return this;
    }

    /** Chooses in the list with this label what begins so. */
    public Page choose(String label, String option) {
        String list = "[...document.querySelectorAll('select')].find((e) => (e.labels?.[0]?.innerText"
                + " ?? e.getAttribute('aria-label') ?? '').trim().startsWith(" + quoted(label) + "))";
        String found = "[..." + list + ".options].find((e) => e.text.startsWith(" + quoted(option) + "))";
        until(found);
        ask(
                "((list, found) => { list.value = found.value; list.dispatchEvent(new Event('change', {bubbles: true})); })("
                        + list + ", " + found + ")");
        return this;
    }

    public Page enter() {
        for (String type : new String[] {"keyDown", "keyUp"}) {
            devTools.ask(
                    "Input.dispatchKeyEvent",
                    JsonObject.of(
                            "type", type, "key", "Enter", "code", "Enter", "windowsVirtualKeyCode", 13, "text", "\r"));
        }
        return this;
    }

    public Page login(String url, String token) {
        return go(url).type("Access token", token).enter().until("document.querySelector('header nav')");
    }

    /** Writes what is to be seen into a PNG file. */
    public Page picture(Path file) throws IOException {
        String png = devTools.ask("Page.captureScreenshot", JsonObject.of("format", "png"))
                .getString("data");
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(png));
        return this;
    }

    private static String quoted(String text) {
        return new JsonArray().add(text).encode().replaceAll("^\\[|]$", "");
    }
}
