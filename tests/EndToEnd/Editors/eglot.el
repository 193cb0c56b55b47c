;; Drives a real Emacs with eglot: diagnostics, completion, code action, formatting. SERVER is the server, FILE the spec; the configuration is that of editors/README.md.
;; The last line is OK, or says what went wrong.
(unless (require 'eglot nil t)          ; Debian's elpa-eglot is outside of the load path of emacs -Q
  (dolist (pattern '("/usr/share/emacs/site-lisp/elpa/*" "/usr/share/emacs/site-lisp/elpa-src/*"))
    (dolist (directory (file-expand-wildcards pattern)) (add-to-list 'load-path directory)))
  (require 'eglot))
(require 'flymake)
(define-derived-mode vpython-mode conf-colon-mode "vpython" (setq-local comment-start "# "))
(add-to-list 'auto-mode-alist '("\\.vpython3?\\'" . vpython-mode))
(add-to-list 'eglot-server-programs `(vpython-mode . (,(getenv "SERVER"))))
(setq eglot-sync-connect 20 eglot-connect-timeout 20 make-backup-files nil auto-save-default nil create-lockfiles nil
      eglot-confirm-server-initiated-edits nil)

(defun say (format &rest arguments) (princ (concat (apply #'format format arguments) "\n")))

(defun until (what condition)
  "Waits for CONDITION, or gives up saying WHAT."
  (let ((end (+ (float-time) 20)) value)
    (while (and (not (setq value (funcall condition))) (< (float-time) end)) (accept-process-output nil 0.05))
    (or value (error "timeout: %s" what))))

(defun texts () (flymake-start) (accept-process-output nil 0.05) (mapconcat #'flymake-diagnostic-text (flymake-diagnostics) "\n"))

(condition-case problem
    (with-current-buffer (find-file-noselect (getenv "FILE"))
      (unless (eq major-mode 'vpython-mode) (error "the mode is %s" major-mode))
      (apply #'eglot--connect (eglot--guess-contact))
      (until "eglot" (lambda () (and (eglot-current-server) (bound-and-true-p eglot--managed-mode))))
      (flymake-mode 1)
      (until "diagnostics" (lambda () (string-match-p "six-py2_py3" (texts))))
      (say "diagnostics: %d" (length (flymake-diagnostics)))

      (let* ((finding (seq-find (lambda (candidate) (string-match-p "six-py2_py3" (flymake-diagnostic-text candidate))) (flymake-diagnostics)))
             (server (eglot-current-server))
             (actions (jsonrpc-request server :textDocument/codeAction
                                       (list :textDocument (eglot--TextDocumentIdentifier)
                                             :range (list :start (eglot--pos-to-lsp-position (flymake-diagnostic-beg finding))
                                                          :end (eglot--pos-to-lsp-position (flymake-diagnostic-end finding)))
                                             :context (list :diagnostics []))))
             (mend (seq-find (lambda (action) (and (equal (plist-get action :kind) "quickfix") (eq (plist-get action :isPreferred) t))) actions)))
        (unless mend (error "no action: %S" actions))
        (eglot--apply-workspace-edit (or (plist-get mend :edit) (plist-get (jsonrpc-request server :codeAction/resolve mend) :edit)))
        (eglot--signal-textDocument/didChange)
        (until "the finding to go" (lambda () (not (string-match-p "six-py2_py3" (texts)))))
        (say "code action: %s" (plist-get mend :title)))

      (goto-char (point-min))
      (search-forward "python_version:")
      (insert "      ")
      (eglot--signal-textDocument/didChange)
      (eglot-format-buffer)
      (goto-char (point-min))
      (unless (looking-at-p "python_version: \"3.11\"$") (error "formatted: %s" (buffer-substring (point-min) (line-end-position))))
      (say "format: %s" (buffer-substring-no-properties (point-min) (line-end-position)))

      (goto-char (point-max))
      (insert "whe")
      (eglot--signal-textDocument/didChange)
      (let ((items (all-completions "" (nth 2 (eglot-completion-at-point)))))
        (unless (seq-find (lambda (item) (string-match-p "wheel" item)) items) (error "no completion: %S" items))
        (say "completion: %S" (mapcar #'substring-no-properties items)))
      (eglot-shutdown (eglot-current-server))
      (set-buffer-modified-p nil)
      (say "OK")
      (kill-emacs 0))
  (error (say "%S" problem) (kill-emacs 1)))
