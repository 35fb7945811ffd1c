/** The assistant's page, which carries none of the shop's markers. */
export const assistantPage = (): string => `<!DOCTYPE html>
<html lang="en">
<head><meta charset="UTF-8"><title>Shopping Assistant</title></head>
<body>
<h1>Shopping Assistant</h1>
<p>Nobody is at the desk: this shop runs without the assistant service.</p>
</body>
</html>
`
