/* Runs in the page of teams-preview.ts, beside Microsoft's renderer and teams-markdown.ts. */
(() => {
	const { AdaptiveCard, HostConfig } = window.AdaptiveCards;

	AdaptiveCard.onProcessMarkdown = (text, result) => {
		result.outputHtml = window.teamsMarkdown(text);
		result.didProcess = true;
	};

	function hostConfig(theme) {
		const dark = theme === "dark";
		const color = (strong, subtle = strong) => ({ default: strong, subtle });
		const colors = {
			default: color(dark ? "#ffffff" : "#242424", dark ? "#c8c8c8" : "#5c5c5c"),
			accent: color(dark ? "#9ea2ff" : "#4f52b2"),
			good: color(dark ? "#92c353" : "#13640f"),
			warning: color(dark ? "#f8d22a" : "#8a5a00"),
			attention: color(dark ? "#f1707b" : "#c4314b"),
		};
		return new HostConfig({
			fontFamily: "'Segoe UI', system-ui, 'DejaVu Sans', sans-serif",
			fontTypes: {
				default: { fontFamily: "inherit" },
				monospace: { fontFamily: "ui-monospace, 'DejaVu Sans Mono', monospace" },
			},
			fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
			fontWeights: { lighter: 400, default: 400, bolder: 600 },
			spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
			separator: { lineThickness: 1, lineColor: dark ? "#484644" : "#e1dfdd" },
			containerStyles: {
				default: { backgroundColor: dark ? "#292929" : "#ffffff", foregroundColors: colors },
				emphasis: { backgroundColor: dark ? "#1f1f1f" : "#f5f5f5", foregroundColors: colors },
			},
			actions: { maxActions: 6, buttonSpacing: 8, actionsOrientation: "horizontal", actionAlignment: "left" },
			factSet: { title: { weight: "bolder", wrap: true, maxWidth: 150 }, value: { wrap: true }, spacing: 16 },
			supportsInteractivity: true,
		});
	}

	function drawn(card, theme) {
		const element = new AdaptiveCard();
		element.hostConfig = hostConfig(theme);
		element.parse(card);
		return element.render();
	}

	function head(byModel, time) {
		const header = document.createElement("header");
		header.innerHTML = `<span class="logo">S</span><b>SmartCloudOps</b><time></time>${byModel ? "<i>AI generated</i>" : ""}`;
		header.querySelector("time").textContent = time;
		return header;
	}

	window.teamsPage = {
		draw({ messages, theme, time }) {
			document.documentElement.dataset.theme = theme;
			const articles = messages.map(({ card, byModel }) => {
				const message = document.createElement("article");
				message.append(head(byModel, time), drawn(card, theme));
				return message;
			});
			document.querySelector("#teams").replaceChildren(...articles);
		},
		read(texts) {
			return texts.map((text) => {
				const body = [{ type: "TextBlock", text, wrap: true }];
				const element = drawn({ type: "AdaptiveCard", version: "1.5", body }, "light");
				document.querySelector("#teams").replaceChildren(element);
				const block = element.querySelector(".ac-textBlock") ?? element;
				const tags = [...block.querySelectorAll("*")].map(({ tagName }) => tagName.toLowerCase());
				return { text: [...block.children].map(({ textContent }) => textContent).join("\n"), tags };
			});
		},
	};
})();
