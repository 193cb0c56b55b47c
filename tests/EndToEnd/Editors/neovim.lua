-- Drives a real Neovim: diagnostics, completion as a person asks for it, code action, formatting. SERVER is the server, FILE the spec; the configuration is that of
-- editors/README.md, for 0.7 and later. The last line is OK, or says what went wrong.
local function say(...) io.stdout:write(string.format(...) .. "\n") end

local function steps()
  vim.g.do_filetype_lua = 1
  vim.filetype.add({ extension = { vpython3 = 'vpython', vpython = 'vpython' }, filename = { ['.vpython3'] = 'vpython', ['.vpython'] = 'vpython' } })
  vim.cmd('filetype plugin on')
  vim.cmd('edit ' .. vim.fn.fnameescape(os.getenv('FILE')))
  assert(vim.bo.filetype == 'vpython', 'the file type is ' .. vim.bo.filetype)
  vim.bo.commentstring = '# %s'
  local ready = false
  local id = assert(vim.lsp.start_client({
    name = 'vpython', cmd = { os.getenv('SERVER') }, root_dir = vim.fn.getcwd(),
    on_init = function() ready = true end,
  }))
  vim.lsp.buf_attach_client(0, id)
  assert(vim.wait(20000, function() return ready end, 20), 'no answer to initialize')

  local function codes()
    return vim.tbl_map(function(diagnostic) return tostring(diagnostic.code or (diagnostic.user_data and diagnostic.user_data.lsp and diagnostic.user_data.lsp.code)) end, vim.diagnostic.get(0))
  end
  assert(vim.wait(20000, function() return vim.tbl_contains(codes(), 'VPY2301') end, 20), 'no diagnostics: ' .. vim.inspect(vim.diagnostic.get(0)))
  say('diagnostics: %d', #vim.diagnostic.get(0))

  -- The action that removes the second wheel, as vim.lsp.buf.code_action would apply it.
  local client = vim.lsp.get_client_by_id(id)
  local params = vim.lsp.util.make_range_params()
  local duplicate = vim.tbl_filter(function(diagnostic) return vim.tbl_contains({ diagnostic.code, ((diagnostic.user_data or {}).lsp or {}).code }, 'VPY2301') end, vim.diagnostic.get(0))[1]
  params.range = { start = { line = duplicate.lnum, character = duplicate.col }, ['end'] = { line = duplicate.end_lnum, character = duplicate.end_col } }
  params.context = { diagnostics = {} }
  local function request(method, arguments)
    local answer = assert(client.request_sync(method, arguments, 20000, vim.api.nvim_get_current_buf()), method .. ' has no answer')
    assert(not answer.err, method .. ': ' .. vim.inspect(answer.err))
    return answer.result
  end
  local actions = request('textDocument/codeAction', params)
  local mend = vim.tbl_filter(function(action) return action.kind == 'quickfix' and action.isPreferred end, actions)[1]
  assert(mend, 'no action: ' .. vim.inspect(actions))
  if not mend.edit then mend = request('codeAction/resolve', mend) end
  vim.lsp.util.apply_workspace_edit(mend.edit, client.offset_encoding or 'utf-16')
  assert(vim.wait(20000, function() return not vim.tbl_contains(codes(), 'VPY2301') end, 20), 'the finding stays')
  say('code action: %s', mend.title)

  vim.api.nvim_buf_set_lines(0, 0, 1, false, { 'python_version:      "3.11"' })
  local edits = request('textDocument/formatting', { textDocument = vim.lsp.util.make_text_document_params(), options = { tabSize = 2, insertSpaces = true } })
  vim.lsp.util.apply_text_edits(edits, 0, client.offset_encoding or 'utf-16')
  local first = vim.api.nvim_buf_get_lines(0, 0, 1, false)[1]
  assert(first == 'python_version: "3.11"', 'formatted: ' .. first)
  say('format: %s', first)

  -- Completion as a person asks for it, with CTRL-X CTRL-O in insert mode.
  vim.bo.omnifunc = 'v:lua.vim.lsp.omnifunc'
  vim.o.completeopt = 'menuone'
  vim.api.nvim_buf_set_lines(0, -1, -1, false, { 'whe' })
  vim.api.nvim_win_set_cursor(0, { vim.api.nvim_buf_line_count(0), 3 })
  local words
  vim.api.nvim_create_autocmd('CompleteChanged', { callback = function()
    words = words or vim.tbl_map(function(item) return item.abbr ~= '' and item.abbr or item.word end, vim.fn.complete_info({ 'items' }).items)
  end })
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes('A<C-x><C-o>', true, false, true), 'n', false)
  local patience = 0
  local timer = vim.loop.new_timer()
  timer:start(50, 50, vim.schedule_wrap(function()
    patience = patience + 1
    if not words and patience < 400 then return end
    timer:stop()
    local found = words and #vim.tbl_filter(function(word) return word:find('wheel', 1, true) end, words) > 0
    say('completion: %s', vim.inspect(words))
    vim.lsp.stop_client(id)
    vim.wait(5000, function() return vim.lsp.client_is_stopped(id) end, 20)
    say(found and 'OK' or 'no completion')
    vim.cmd(found and 'qall!' or 'cquit 1')
  end))
end

local isDone, problem = xpcall(steps, debug.traceback)
if not isDone then
  say('%s', problem)
  vim.cmd('cquit 1')
end
