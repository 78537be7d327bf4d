-- Neovim's own client against the server: writes what it gets to the file RESULT, as JSON.
-- nvim --headless -u NONE -S neovim.lua A.trope
local results = {}
local file = vim.fn.expand("%:p")
local root = vim.fn.fnamemodify(file, ":h")
vim.bo.filetype = "trope"
local id = vim.lsp.start_client({
  name = "sphinx-tropes",
  cmd = vim.split(os.getenv("SERVER"), "\n"),
  root_dir = root,
  workspace_folders = { { uri = vim.uri_from_fname(root), name = "wiki" } },
  init_options = { trusted = true },
})
vim.lsp.buf_attach_client(0, id)
local function finish(failure)
  results.failure = failure
  local out = io.open(os.getenv("RESULT"), "w")
  out:write(vim.json.encode(results))
  out:close()
  vim.cmd("qa!")
end
local function ask(method, params)
  local answer, failure = vim.lsp.buf_request_sync(0, method, params, 60000)
  local own = answer and answer[id]
  if failure or not own or own.error then
    error(method .. ": " .. tostring(failure or (own and vim.inspect(own.error))))
  end
  return own.result
end
local function told(text)
  local found
  vim.wait(20000, function()
    for _, d in ipairs(vim.diagnostic.get(0)) do
      if d.message:find(text, 1, true) then found = d return true end
    end
  end, 50)
  return found
end
local function line(n) return vim.api.nvim_buf_get_lines(0, n, n + 1, false)[1] end

local function main()
  assert(vim.wait(60000, function() return vim.lsp.buf_get_clients(0)[id] ~= nil end, 50), "not attached")
  local document = { uri = vim.uri_from_bufnr(0) }
  results.lens = ask("textDocument/codeLens", { textDocument = document })[1].command.title
  local red = assert(told("Red Hering"), "no diagnostic")
  results.red = { red.lnum, red.col, red.end_col, red.message }
  -- type, and take the first completion
  local last = vim.api.nvim_buf_line_count(0)
  vim.api.nvim_buf_set_lines(0, last, last, false, { "é🎭 {{Chek" })
  local at = { textDocument = document, position = { line = last, character = 10 } }
  local items = ask("textDocument/completion", at).items
  vim.lsp.util.apply_text_edits({ items[1].textEdit }, 0, "utf-16")
  results.completed = line(last)
  -- what is under the cursor
  at.position.character = 8
  results.hover = ask("textDocument/hover", at).contents.value
  local place = ask("textDocument/definition", at)
  results.definition = vim.fn.fnamemodify(vim.uri_to_fname(place.uri), ":t")
  at.context = { includeDeclaration = false }
  results.references = {}
  for _, item in ipairs(vim.lsp.util.locations_to_items(ask("textDocument/references", at), "utf-16")) do
    table.insert(results.references, { vim.fn.fnamemodify(item.filename, ":t"), item.lnum, item.col, item.text })
  end
  -- mend the red link
  local actions = ask("textDocument/codeAction", {
    textDocument = document,
    context = { diagnostics = {} },
    range = { start = { line = 0, character = 30 }, ["end"] = { line = 0, character = 30 } },
  })
  results.actions = vim.tbl_map(function(action) return action.title end, actions)
  for _, action in ipairs(actions) do
    if action.title:find("Did you mean") then vim.lsp.util.apply_workspace_edit(action.edit, "utf-16") end
  end
  results.mended = line(0)
  -- create a page
  vim.api.nvim_buf_set_lines(0, last + 1, last + 1, false, { "{{Brand New}}" })
  actions = ask("textDocument/codeAction", {
    textDocument = document,
    context = { diagnostics = {} },
    range = { start = { line = last + 1, character = 3 }, ["end"] = { line = last + 1, character = 3 } },
  })
  for _, action in ipairs(actions) do
    if action.title:find("Create") then vim.lsp.util.apply_workspace_edit(action.edit, "utf-16") end
  end
  results.created = vim.api.nvim_buf_get_lines(vim.uri_to_bufnr(vim.uri_from_fname(root .. "/BrandNew.trope")), 0, -1, false)
  results.folds = #ask("textDocument/foldingRange", { textDocument = document })
  results.symbols = ask("workspace/symbol", { query = "gun" })[1].name
  -- rename, with the move of the file
  at = { textDocument = document, position = { line = last, character = 8 }, newName = "Loaded Gun" }
  vim.lsp.util.apply_workspace_edit(ask("textDocument/rename", at), "utf-16")
  results.renamed = line(last)
  results.moved = vim.fn.filereadable(root .. "/LoadedGun.trope")
  at.newName = "A"
  local answer = vim.lsp.buf_request_sync(0, "textDocument/rename", at, 60000)
  results.refused = answer[id].error.message
end

local fine, failure = pcall(main)
finish(not fine and failure or nil)
