import type { Sample } from './sample.js'

const setup = `import OpenAI from "openai";
const client = new OpenAI({ apiKey: "sk-your-key", baseURL: "https://token.openclaw-token.shop/v1" });
`

/** A program in JavaScript, as it stands in OpenClaw Token's documentation; most begin with the set-up of the SDK. */
function program(section: string, title: string, text: string): Sample {
  return { section, title, language: 'JavaScript', program: text }
}

/** The programs in JavaScript of OpenClaw Token's documentation. */
export const openclawPrograms: readonly Sample[] = [
  program('Quick Start', 'SDK Setup', setup),
  program(
    'Claude',
    'Node.js',
    `${setup}const res = await client.chat.completions.create({
model: "claude-sonnet-4-6",
max_tokens: 1024,
messages: [{ role: "user", content: "Write a JS quicksort" }],
});
console.log(res.choices[0].message.content);`
  ),
  program(
    'GPT',
    'Node.js',
    `${setup}const res = await client.chat.completions.create({
model: "gpt5.4-plus",
max_tokens: 1024,
messages: [{ role: "user", content: "Explain quantum computing" }],
});
console.log(res.choices[0].message.content);`
  ),
  program(
    'Gemini Flash Image',
    'Node.js',
    `${setup}// Generate
const res = await client.chat.completions.create({
model: "gemini-3.1-flash-image",
max_tokens: 2000,
messages: [{ role: "user", content: "Draw a sunset landscape" }],
});
const content = res.choices[0].message.content;
const urlMatch = content.match(/!\\[image\\]\\((\\S+)\\)/);
if (urlMatch) console.log("Image:", urlMatch[1]);
// Edit with image input
import fs from "fs";
const imgB64 = fs.readFileSync("input.png").toString("base64");
const edited = await client.chat.completions.create({
model: "gemini-3.1-flash-image",
max_tokens: 2000,
messages: [{
role: "user",
content: [
{ type: "text", text: "Make this image more colorful" },
{ type: "image_url", image_url: { url: \`data:image/png;base64,\${imgB64}\` } },
],
}],
});`
  ),
  program(
    'GPT Image',
    'Node.js',
    `${setup}// Generate
const image = await client.images.generate({
model: "gpt-image-1.5-vvip", prompt: "A cute cat",
size: "1024x1024", quality: "high", n: 1,
});
console.log(image.data[0].url);
// Edit
import fs from "fs";
const edited = await client.images.edit({
model: "gpt-image-1.5-vvip",
image: fs.createReadStream("input.png"),
prompt: "Add sunglasses", n: 1,
});`
  ),
  program(
    'Wan 2.6 Text-to-Image',
    'Node.js',
    `${setup}const image = await client.images.generate({
model: "wan2.6-t2i",
prompt: "一只橘猫在海边,超写实",
negative_prompt: "模糊, 低质量",
size: "1280*1280",
n: 1,
seed: 42,
prompt_extend: true,
watermark: false,
});
console.log(image.data[0].url);`
  ),
  program(
    'Wan 2.6 Video',
    'Node.js',
    `const BASE = "https://token.openclaw-token.shop";
const headers = { "Authorization": "Bearer sk-your-key", "Content-Type": "application/json" };
// Submit
const res = await fetch(\`\${BASE}/v1/video/generations\`, {
method: "POST", headers,
body: JSON.stringify({
model: "wan2.6-i2v-flash", prompt: "Cat running",
input_reference: "https://your-image.png",
resolution: "720P", duration: 5, audio: true,
}),
});
const { id: taskId } = await res.json();
// Poll
while (true) {
const d = await (await fetch(\`\${BASE}/v1/videos/\${taskId}\`, { headers })).json();
if (d.status === "completed") { console.log(d.metadata.url); break; }
if (d.status === "failed") { console.log(d.error); break; }
await new Promise(r => setTimeout(r, 10000));
}`
  ),
  program('SDK Setup', 'OpenAI SDK', setup)
]
